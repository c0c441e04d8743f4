import { crc32 } from 'node:zlib';
import { type PDFContext, type PDFObject, PDFRawStream, type PDFRef, PDFStream } from '@cantoo/pdf-lib';

interface Stored {
  readonly ref: PDFRef;
  readonly bytes: Uint8Array | undefined;
}

/**
 * Objects of a document that is being built, each stored once however often it is handed in: PDFium writes fonts and
 * images anew for every piece of a document that it is given.
 */
export class ObjectStore {
  readonly #stored = new Map<string, Stored[]>();

  constructor(readonly context: PDFContext) {}

  /** @param object whose parts are stored already, so that equal ones read equal */
  put(object: PDFObject): PDFRef {
    const bytes = object instanceof PDFRawStream ? object.contents : undefined;
    const key =
      bytes === undefined || !(object instanceof PDFStream) ? object.toString() : streamKey(object, bytes);
    const alike = this.#stored.get(key) ?? [];
    const same = alike.find((other) => sameBytes(other.bytes, bytes));
    if (same !== undefined) return same.ref;
    const ref = this.context.register(object);
    this.#stored.set(key, [...alike, { ref, bytes }]);
    return ref;
  }
}

const streamKey = (stream: PDFStream, bytes: Uint8Array): string =>
  `${stream.dict.toString()} ${bytes.length} ${crc32(bytes)}`;

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Buffer.compare(a, b) === 0;
}
