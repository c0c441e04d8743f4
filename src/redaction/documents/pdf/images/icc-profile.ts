/** Tags of a profile (ICC.1:2022, clause 9) that are numbers, and so change colours; all others are texts or private. */
const NUMBERS = new Set(
  (
    'rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt lumi chad gamt meas view cicp A2B0 A2B1 A2B2 A2B3 B2A0 B2A1 B2A2 ' +
    'B2A3 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 pre0 pre1 pre2'
  ).split(' '),
);
const HEADER = 128;
const SIGNATURE_AT = 36;
const ENTRY = 12;
const MOST_TAGS = 256;
/** Type and reserved bytes of a tag's data. */
const TYPE = 8;

/** A colour profile whose texts are blank; undefined when it is no profile. */
export function withoutProfileTexts(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < HEADER + 4 || ascii(bytes, SIGNATURE_AT) !== 'acsp') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(HEADER);
  if (count > MOST_TAGS || HEADER + 4 + count * ENTRY > bytes.length) return undefined;
  const clean = new Uint8Array(bytes.length);
  clean.set(bytes.subarray(0, HEADER + 4 + count * ENTRY));
  for (let index = 0; index < count; index++) {
    const entry = HEADER + 4 + index * ENTRY;
    const start = view.getUint32(entry + 4);
    const length = view.getUint32(entry + 8);
    if (start + length > bytes.length) return undefined;
    const kept = NUMBERS.has(ascii(bytes, entry)) ? length : Math.min(TYPE, length);
    clean.set(bytes.subarray(start, start + kept), start);
  }
  return clean;
}

const ascii = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
