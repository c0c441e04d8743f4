import { ZipFile } from 'yazl';

/** A part as it is written. */
export interface Part {
  /** Without a leading slash. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** False for what is compressed already. */
  readonly compress: boolean;
}

/** The first day that ZIP can name, for all parts: a date says when somebody worked on which part. */
const MTIME = new Date(1980, 0, 1);

/** A ZIP made from nothing but the parts: no comments, extra fields, dates or bytes between them. */
export async function writePackage(parts: readonly Part[]): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const { name, bytes, compress } of parts) {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    zip.addBuffer(content, name, { mtime: MTIME, compress, mode: 0o100644, forceDosTimestamp: true });
  }
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
