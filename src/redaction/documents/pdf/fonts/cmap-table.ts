/** One mapping of a font's `cmap` table from character codes to glyphs. */
export interface CharacterMap {
  readonly platform: number;
  readonly encoding: number;
  readonly glyphs: ReadonlyMap<number, number>;
}

const MACINTOSH = 1;
const MOST_ENTRIES = 70_000;

/** All mappings of formats 0, 4, 6 and 12; undefined when there is another, or the table is broken. */
export function readCharacterMaps(table: Uint8Array): CharacterMap[] | undefined {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  try {
    const maps: CharacterMap[] = [];
    for (let index = 0; index < view.getUint16(2); index++) {
      const entry = 4 + index * 8;
      const glyphs = readMap(view, view.getUint32(entry + 4));
      if (glyphs === undefined) return undefined;
      maps.push({ platform: view.getUint16(entry), encoding: view.getUint16(entry + 2), glyphs });
    }
    return maps;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readMap(view: DataView, at: number): Map<number, number> | undefined {
  const format = view.getUint16(at);
  if (format === 0) return listed(256, (code) => [code, view.getUint8(at + 6 + code)]);
  if (format === 6) {
    const first = view.getUint16(at + 6);
    return listed(view.getUint16(at + 8), (index) => [first + index, view.getUint16(at + 10 + index * 2)]);
  }
  if (format === 4) return readSegments(view, at);
  return format === 12 ? readGroups(view, at) : undefined;
}

function listed(count: number, entry: (index: number) => [number, number]): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const [code, glyph] = entry(index);
    if (glyph !== 0) glyphs.set(code, glyph);
  }
  return glyphs;
}

function readSegments(view: DataView, at: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  const double = view.getUint16(at + 6);
  for (let index = 0; index < double; index += 2) {
    const last = view.getUint16(at + 14 + index);
    const first = view.getUint16(at + 16 + double + index);
    const delta = view.getUint16(at + 16 + double * 2 + index);
    const place = at + 16 + double * 3 + index;
    const offset = view.getUint16(place);
    for (let code = first; code <= last && code < 0xffff; code++) {
      const given = offset === 0 ? undefined : view.getUint16(place + offset + (code - first) * 2);
      const glyph = given === 0 ? 0 : ((given ?? code) + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
  return glyphs;
}

function readGroups(view: DataView, at: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let index = 0; index < view.getUint32(at + 12); index++) {
    const group = at + 16 + index * 12;
    const first = view.getUint32(group);
    const start = view.getUint32(group + 8);
    for (let code = first; code <= view.getUint32(group + 4); code++) {
      if (glyphs.size > MOST_ENTRIES) throw new RangeError('more characters than glyphs there can be');
      glyphs.set(code, start + code - first);
    }
  }
  return glyphs;
}

/** A table with these mappings: of format 0 or 6 for Macintosh, else of format 4, which leaves out codes above U+FFFF. */
export function writeCharacterMaps(maps: readonly CharacterMap[]): Uint8Array {
  const parts = maps.map(({ platform, glyphs }) =>
    platform === MACINTOSH ? trimmed(glyphs) : segmented(glyphs),
  );
  const head = Buffer.alloc(4 + maps.length * 8);
  head.writeUInt16BE(maps.length, 2);
  let offset = head.length;
  for (const [index, { platform, encoding }] of maps.entries()) {
    head.writeUInt16BE(platform, 4 + index * 8);
    head.writeUInt16BE(encoding, 6 + index * 8);
    head.writeUInt32BE(offset, 8 + index * 8);
    offset += parts[index]?.length ?? 0;
  }
  return Buffer.concat([head, ...parts]);
}

/** Format 6 over all of its codes. */
function trimmed(glyphs: ReadonlyMap<number, number>): Buffer {
  const table = Buffer.alloc(10 + 512);
  for (const [index, value] of [6, table.length, 0, 0, 256].entries()) table.writeUInt16BE(value, index * 2);
  for (const [code, glyph] of glyphs) if (code < 256) table.writeUInt16BE(glyph, 10 + code * 2);
  return table;
}

/** Format 4 with a segment for each run of codes whose glyphs follow each other. */
function segmented(glyphs: ReadonlyMap<number, number>): Buffer {
  const segments: { first: number; last: number; delta: number }[] = [];
  for (const [code, glyph] of [...glyphs].filter(([code]) => code < 0xffff).sort(([a], [b]) => a - b)) {
    const delta = (glyph - code) & 0xffff;
    const before = segments.at(-1);
    if (before !== undefined && before.last === code - 1 && before.delta === delta) before.last = code;
    else segments.push({ first: code, last: code, delta });
  }
  segments.push({ first: 0xffff, last: 0xffff, delta: 1 });
  const count = segments.length;
  const exponent = Math.floor(Math.log2(count));
  const head = [4, 16 + count * 8, 0, count * 2, 2 * 2 ** exponent, exponent, 2 * (count - 2 ** exponent)];
  const values = [
    ...head,
    ...segments.map(({ last }) => last),
    0,
    ...segments.map(({ first }) => first),
    ...segments.map(({ delta }) => delta),
    ...segments.map(() => 0),
  ];
  const table = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) table.writeUInt16BE(value, index * 2);
  return table;
}
