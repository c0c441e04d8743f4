import { constants, inflateSync } from 'node:zlib';
import { PDFArray, PDFDict, PDFName, PDFNumber, PDFRawStream, type PDFStream } from '@cantoo/pdf-lib';
import { DocumentFailure } from '../../document-failure.js';
import { withoutPredictor } from './predictor.js';
import { fromAscii85, fromAsciiHex, fromLzw, fromRunLength } from './small-filters.js';

/** As much as one stream may unfold to: far more than a page of text and drawings takes. */
export const MOST_STREAM_BYTES = 48 * 1024 * 1024;

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['AHx', 'ASCIIHexDecode'],
  ['A85', 'ASCII85Decode'],
  ['LZW', 'LZWDecode'],
  ['Fl', 'FlateDecode'],
  ['RL', 'RunLengthDecode'],
  ['CCF', 'CCITTFaxDecode'],
  ['DCT', 'DCTDecode'],
]);

export interface Filter {
  readonly name: string;
  readonly parameters: PDFDict | undefined;
}

/** The filters of a stream, in the order in which they are undone, by their long names (ISO 32000-1, 7.4). */
export function filtersOf(dict: PDFDict): Filter[] {
  const { context } = dict;
  const entry = (...names: string[]) =>
    names.map((name) => context.lookup(dict.get(PDFName.of(name)))).find((value) => value !== undefined);
  const filter = entry('Filter', 'F');
  const parameters = entry('DecodeParms', 'DP');
  const names = filter instanceof PDFArray ? filter.asArray().map((item) => context.lookup(item)) : [filter];
  const each = parameters instanceof PDFArray ? parameters.asArray() : [parameters];
  return names.flatMap((name, index) => {
    if (!(name instanceof PDFName)) return [];
    const own = context.lookup(each[index]);
    const text = name.decodeText();
    return [{ name: SHORT_NAMES.get(text) ?? text, parameters: own instanceof PDFDict ? own : undefined }];
  });
}

/** What a stream's bytes mean once the filters are undone that are no image's, and the image's filters that are left. */
export interface Decoded {
  readonly bytes: Uint8Array;
  readonly left: readonly Filter[];
}

/**
 * Undoes a stream's filters as far as they say nothing of images.
 * @throws DocumentFailure `DOCUMENT_TOO_COMPLEX` when it unfolds beyond `limit`, `DOCUMENT_DAMAGED` when it does not unfold
 */
export function decodeStream(stream: PDFStream, limit = MOST_STREAM_BYTES): Decoded {
  const filters = filtersOf(stream.dict);
  let bytes = stream instanceof PDFRawStream ? stream.contents : stream.getContents();
  for (const [index, filter] of filters.entries()) {
    const undo = UNDO[filter.name];
    if (undo === undefined) return { bytes, left: filters.slice(index) };
    bytes = undo(bytes, limit, filter.parameters);
  }
  return { bytes, left: [] };
}

/** The text of a stream of operators or of a table of a font: each character a byte. */
export function decodedText(stream: PDFStream, limit?: number): string {
  const { bytes, left } = decodeStream(stream, limit);
  if (left.length > 0) throw new DocumentFailure('DOCUMENT_DAMAGED');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** @throws DocumentFailure as {@link decodeStream} */
export function inflate(bytes: Uint8Array, limit: number): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const tooMuch = code === 'ERR_BUFFER_TOO_LARGE';
    throw new DocumentFailure(tooMuch ? 'DOCUMENT_TOO_COMPLEX' : 'DOCUMENT_DAMAGED', undefined, {
      cause: error,
    });
  }
}

type Undo = (bytes: Uint8Array, limit: number, parameters: PDFDict | undefined) => Uint8Array;

const UNDO: Readonly<Record<string, Undo>> = {
  FlateDecode: (bytes, limit, parameters) => predicted(inflate(bytes, limit), parameters),
  LZWDecode: (bytes, limit, parameters) =>
    predicted(fromLzw(bytes, limit, numberIn(parameters, 'EarlyChange', 1)), parameters),
  ASCIIHexDecode: fromAsciiHex,
  ASCII85Decode: fromAscii85,
  RunLengthDecode: fromRunLength,
  Crypt: (bytes) => bytes,
};

function predicted(bytes: Uint8Array, parameters: PDFDict | undefined): Uint8Array {
  const predictor = numberIn(parameters, 'Predictor', 1);
  if (predictor < 2) return bytes;
  return withoutPredictor(bytes, {
    predictor,
    colors: numberIn(parameters, 'Colors', 1),
    bits: numberIn(parameters, 'BitsPerComponent', 8),
    columns: numberIn(parameters, 'Columns', 1),
  });
}

function numberIn(dict: PDFDict | undefined, key: string, otherwise: number): number {
  const value = dict?.context.lookup(dict.get(PDFName.of(key)));
  return value instanceof PDFNumber ? value.asNumber() : otherwise;
}
