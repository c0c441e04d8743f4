/** An image without what says something beside its pixels. */
export interface StrippedImage {
  readonly bytes: Uint8Array;
  /** How many segments or chunks were left out; bytes after the image's end are one. */
  readonly removed: number;
}

const MARKER = 0xff;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP14 = 0xee;
/** SOF0–SOF15 with DHT, JPG and DAC among them; RST0–7 stand alone; DQT, DNL and DRI. */
const isTable = (code: number): boolean => (code >= 0xc0 && code <= 0xcf) || (code >= 0xdb && code <= 0xdd);

/**
 * A JPEG (ITU T.81 annex B) reduced to tables, frames and scans. Of the application segments only Adobe's (colour transform)
 * and JFIF's without its thumbnail stay: EXIF, XMP, ICC profiles, comments, and whatever follows the end of the image go.
 * @returns undefined when the bytes are no JPEG, or end before it does
 */
export function stripJpegMetadata(bytes: Uint8Array): StrippedImage | undefined {
  if (bytes[0] !== MARKER || bytes[1] !== SOI) return undefined;
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let removed = 0;
  for (let at = 2; at < bytes.length; ) {
    const code = bytes[at + 1];
    if (bytes[at] !== MARKER || code === undefined) return undefined;
    if (code === MARKER) {
      at++;
      continue;
    }
    if (code === EOI) {
      kept.push(bytes.subarray(at, at + 2));
      return { bytes: Buffer.concat(kept), removed: removed + (at + 2 < bytes.length ? 1 : 0) };
    }
    const end = segmentEnd(bytes, at);
    if (end === undefined) return undefined;
    const segment = keptSegment(bytes.subarray(at, end), code);
    if (segment === undefined) removed++;
    else kept.push(segment);
    at = end;
    if (code !== SOS) continue;
    at = scanEnd(bytes, end);
    kept.push(bytes.subarray(end, at));
  }
  return undefined;
}

function segmentEnd(bytes: Uint8Array, at: number): number | undefined {
  const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  const end = at + 2 + length;
  return length < 2 || end > bytes.length ? undefined : end;
}

function keptSegment(segment: Uint8Array, code: number): Uint8Array | undefined {
  if (code === SOS || isTable(code)) return segment;
  const name = Buffer.from(segment.subarray(4, 9)).toString('latin1');
  if (code === APP14 && name === 'Adobe' && segment.length === 16) return segment;
  if (code !== APP0 || name !== 'JFIF\0' || segment.length < 18) return undefined;
  // Marker, length 16, identifier, version, density, and a thumbnail of no pixels.
  const plain = Buffer.from(segment.subarray(0, 18));
  plain.writeUInt16BE(16, 2);
  plain.fill(0, 16);
  return plain;
}

/** End of the entropy-coded data: the next marker that is neither a stuffed zero nor a restart. */
function scanEnd(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(MARKER, start); at >= 0; at = bytes.indexOf(MARKER, at + 1)) {
    const code = bytes[at + 1];
    if (code !== undefined && code !== 0 && code !== MARKER && (code < 0xd0 || code > 0xd7)) return at;
  }
  return bytes.length;
}

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Pixels, palette, transparency, and numbers about colour and size. */
const PNG_CHUNKS = new Set('IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs'.split(' '));

/**
 * A PNG (ISO/IEC 15948) reduced to the chunks that draw its one picture: texts, times, EXIF, profiles, further frames,
 * private chunks, and whatever follows its end go.
 * @returns undefined when the bytes are no PNG, or end before it does
 */
export function stripPngMetadata(bytes: Uint8Array): StrippedImage | undefined {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!source.subarray(0, 8).equals(PNG_SIGNATURE)) return undefined;
  const kept: Uint8Array[] = [PNG_SIGNATURE];
  let removed = 0;
  for (let at = 8; at + 12 <= source.length; ) {
    const end = at + 12 + source.readUInt32BE(at);
    if (end > source.length) return undefined;
    const type = source.toString('latin1', at + 4, at + 8);
    if (PNG_CHUNKS.has(type)) kept.push(source.subarray(at, end));
    else removed++;
    if (type === 'IEND') {
      return { bytes: Buffer.concat(kept), removed: removed + (end < source.length ? 1 : 0) };
    }
    at = end;
  }
  return undefined;
}
