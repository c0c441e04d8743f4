import { advanceOf, type Block, blocksOf, EM } from './glyph-shapes.js';

const ON_CURVE = 1;

/**
 * A TrueType font with a glyph for each character in order, from glyph 1 on; glyph 0 is empty (Apple, TrueType Reference
 * Manual). A `cmap` is left out, as PDF producers do for composite fonts, unless asked for.
 */
export function trueType(alphabet: readonly string[], withCmap = false): Buffer {
  const glyphs = [Buffer.alloc(0), ...alphabet.map((character) => outline(blocksOf(character)))];
  const advances = [EM / 2, ...alphabet.map(advanceOf)];
  const tables: Record<string, Buffer> = {
    ...(withCmap && { cmap: macRomanCmap(alphabet) }),
    glyf: Buffer.concat(glyphs),
    head: head(),
    hhea: words([1, 0, 800, -200, 0, 700, 0, 0, 600, 1, 0, 0, 0, 0, 0, 0, 0, glyphs.length]),
    hmtx: words(advances.flatMap((advance) => [advance, 40])),
    loca: loca(glyphs),
    maxp: words([1, 0, glyphs.length, 80, 20, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
  };
  return fontFile(tables);
}

/** Signed or unsigned 16-bit numbers, the larger half first. */
function words(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => {
    bytes.writeUInt16BE(value & 0xffff, index * 2);
  });
  return bytes;
}

function longs(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value >>> 0, index * 4);
  });
  return bytes;
}

/** Version, revision, checksum, magic, flags and em, two dates, the box of all glyphs, and the long form of `loca`. */
const head = (): Buffer =>
  Buffer.concat([
    longs([0x10000, 0x10000, 0, 0x5f0f3cf5]),
    words([0, EM]),
    longs([0, 0, 0, 0]),
    words([0, 0, 600, 800, 0, 8, 2, 1, 0]),
  ]);

function loca(glyphs: readonly Buffer[]): Buffer {
  const offsets = [0];
  for (const glyph of glyphs) offsets.push((offsets.at(-1) ?? 0) + glyph.length);
  return longs(offsets);
}

/** A simple glyph: a contour of four points for each block, clockwise. */
function outline(blocks: readonly Block[]): Buffer {
  if (blocks.length === 0) return Buffer.alloc(0);
  const points = blocks.flatMap(({ x, y, width, height }) => [
    [x, y],
    [x, y + height],
    [x + width, y + height],
    [x + width, y],
  ]);
  const steps = (axis: number) =>
    points.map((point, index) => (point[axis] ?? 0) - (points[index - 1]?.[axis] ?? 0));
  const glyph = Buffer.concat([
    words([blocks.length, 0, 0, 600, 800]),
    words(blocks.map((_, index) => index * 4 + 3)),
    words([0]),
    Buffer.alloc(points.length, ON_CURVE),
    words(steps(0)),
    words(steps(1)),
  ]);
  return Buffer.concat([glyph, Buffer.alloc(-glyph.length & 3)]);
}

/** One byte a character (format 0, platform Macintosh). */
function macRomanCmap(alphabet: readonly string[]): Buffer {
  const glyphOf = Buffer.alloc(256);
  alphabet.forEach((character, index) => {
    glyphOf[character.charCodeAt(0)] = index + 1;
  });
  return Buffer.concat([words([0, 1, 1, 0]), longs([12]), words([0, 262, 0]), glyphOf]);
}

function fontFile(tables: Record<string, Buffer>): Buffer {
  const entries = Object.entries(tables);
  const power = Math.floor(Math.log2(entries.length));
  const range = 2 ** power * 16;
  let offset = 12 + entries.length * 16;
  const directory: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const [tag, table] of entries) {
    const body = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    directory.push(Buffer.from(tag, 'latin1'), longs([checksum(body), offset, table.length]));
    bodies.push(body);
    offset += body.length;
  }
  const start = Buffer.concat([
    longs([0x10000]),
    words([entries.length, range, power, entries.length * 16 - range]),
  ]);
  return Buffer.concat([start, ...directory, ...bodies]);
}

function checksum(body: Buffer): number {
  let sum = 0;
  for (let at = 0; at < body.length; at += 4) sum = (sum + body.readUInt32BE(at)) >>> 0;
  return sum;
}
