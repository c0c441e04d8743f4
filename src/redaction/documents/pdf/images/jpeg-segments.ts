/** Markers of ITU-T T.81, table B.1. */
const START_OF_IMAGE = 0xd8;
const START_OF_SCAN = 0xda;
const COMMENT = 0xfe;
const FIRST_APPLICATION = 0xe0;
const LAST_APPLICATION = 0xef;
/** Adobe's segment says which colour transform the samples went through: without it colours turn wrong. */
const ADOBE = 0xee;
const ADOBE_LENGTH = 14;

/** A JPEG without what only describes it, and how many segments were left out. */
export interface StrippedImage {
  readonly bytes: Uint8Array;
  readonly removed: number;
}

/** Leaves out comments and application data (EXIF, XMP, thumbnails); of Adobe's segment only the 12 bytes it consists of stay. */
export function withoutJpegSegments(bytes: Uint8Array): StrippedImage {
  if (bytes[0] !== 0xff || bytes[1] !== START_OF_IMAGE) return { bytes, removed: 0 };
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let removed = 0;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === START_OF_SCAN) break;
    const end = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
    const segment = bytes.subarray(at, Math.min(end, bytes.length));
    if (!describes(marker) || isAdobe(marker, segment)) kept.push(segment);
    else removed++;
    at = end;
  }
  const image = scansOf(bytes.subarray(Math.min(at, bytes.length)));
  return { bytes: Buffer.concat([...kept, image.bytes]), removed: removed + image.removed };
}

const describes = (marker: number): boolean =>
  marker === COMMENT || (marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION);

const isAdobe = (marker: number, segment: Uint8Array): boolean =>
  marker === ADOBE &&
  segment.length === ADOBE_LENGTH + 2 &&
  Buffer.from(segment.subarray(4, 9)).toString('latin1') === 'Adobe';

/** Scans to the end of the image: comments between them, and whatever follows the end, go too. */
function scansOf(bytes: Uint8Array): StrippedImage {
  const kept: Uint8Array[] = [];
  let removed = 0;
  let from = 0;
  for (let at = 0; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) {
      const rest = bytes.length - at - 2;
      kept.push(bytes.subarray(from, at + 2));
      return { bytes: Buffer.concat(kept), removed: removed + (rest > 0 ? 1 : 0) };
    }
    if (!describes(marker)) continue;
    kept.push(bytes.subarray(from, at));
    from = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
    at = from - 1;
    removed++;
  }
  kept.push(bytes.subarray(Math.min(from, bytes.length)));
  return { bytes: Buffer.concat(kept), removed };
}
