/** A font file of the TrueType family: tables by tag (OpenType specification, "Organization of an OpenType font"). */
export interface Sfnt {
  readonly version: number;
  readonly tables: ReadonlyMap<string, Uint8Array>;
}

const HEAD = 12;
const ENTRY = 16;

/** Undefined when it is none, or a collection. */
export function readSfnt(bytes: Uint8Array): Sfnt | undefined {
  if (bytes.length < HEAD) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, Uint8Array>();
  for (let index = 0; index < view.getUint16(4); index++) {
    const entry = HEAD + index * ENTRY;
    if (entry + ENTRY > bytes.length) return undefined;
    const tag = Buffer.from(bytes.subarray(entry, entry + 4)).toString('latin1');
    const offset = view.getUint32(entry + 8);
    const length = view.getUint32(entry + 12);
    if (offset + length > bytes.length) return undefined;
    tables.set(tag, bytes.subarray(offset, offset + length));
  }
  return { version: view.getUint32(0), tables };
}

export function writeSfnt({ version, tables }: Sfnt): Uint8Array {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const size = sorted.reduce((sum, [, table]) => sum + padding(table.length), HEAD + sorted.length * ENTRY);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const exponent = Math.floor(Math.log2(Math.max(1, sorted.length)));
  view.setUint32(0, version);
  for (const [index, value] of [
    sorted.length,
    16 * 2 ** exponent,
    exponent,
    16 * (sorted.length - 2 ** exponent),
  ].entries()) {
    view.setUint16(4 + index * 2, value);
  }
  let offset = HEAD + sorted.length * ENTRY;
  for (const [index, [tag, table]] of sorted.entries()) {
    const entry = HEAD + index * ENTRY;
    bytes.set(Buffer.from(tag, 'latin1'), entry);
    bytes.set(table, offset);
    view.setUint32(entry + 4, checksum(bytes, offset, padding(table.length)));
    view.setUint32(entry + 8, offset);
    view.setUint32(entry + 12, table.length);
    offset += padding(table.length);
  }
  return bytes;
}

const padding = (length: number): number => (length + 3) & ~3;

function checksum(bytes: Uint8Array, offset: number, length: number): number {
  const view = new DataView(bytes.buffer, offset, length);
  let sum = 0;
  for (let at = 0; at < length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}
