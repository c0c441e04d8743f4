import type { StrippedImage } from './jpeg-segments.js';

/** Boxes of ISO/IEC 15444-1, annex I, that a decoder needs; all others describe the image. */
const NEEDED: ReadonlySet<string> = new Set(['jP  ', 'ftyp', 'jp2h', 'jp2c', 'ihdr']);
const COMMENT = 0x64;
const START_OF_CODESTREAM = 0x4f;
const START_OF_TILE = 0x90;

/** A JPEG 2000 file or bare codestream without the boxes and comments that only describe it. */
export function withoutJpxBoxes(bytes: Uint8Array): StrippedImage {
  if (bytes[0] === 0xff && bytes[1] === START_OF_CODESTREAM) return withoutComments(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [];
  let removed = 0;
  for (let at = 0; at + 8 <= bytes.length; ) {
    const { end, head, type } = boxAt(view, at);
    if (end <= at) break;
    if (!NEEDED.has(type)) removed++;
    else if (type === 'jp2c') {
      const codestream = withoutComments(bytes.subarray(at + head, end));
      kept.push(box(type, codestream.bytes));
      removed += codestream.removed;
    } else kept.push(bytes.subarray(at, end));
    at = end;
  }
  return { bytes: Buffer.concat(kept), removed };
}

function boxAt(view: DataView, at: number): { end: number; head: number; type: string } {
  const length = view.getUint32(at);
  const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));
  if (length === 1 && at + 16 <= view.byteLength) {
    return { end: Math.min(view.byteLength, at + Number(view.getBigUint64(at + 8))), head: 16, type };
  }
  return { end: length === 0 ? view.byteLength : Math.min(view.byteLength, at + length), head: 8, type };
}

function box(type: string, content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** Comments stand in the main header, before the first tile. */
function withoutComments(bytes: Uint8Array): StrippedImage {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let removed = 0;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== START_OF_TILE) {
    const end = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
    if (bytes[at + 1] === COMMENT) removed++;
    else kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(bytes.subarray(Math.min(at, bytes.length)));
  return { bytes: Buffer.concat(kept), removed };
}
