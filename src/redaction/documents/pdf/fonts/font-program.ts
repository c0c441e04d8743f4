import { type CharacterMap, readCharacterMaps, writeCharacterMaps } from './cmap-table.js';
import { macRomanByte } from './glyph-names.js';
import type { HarfbuzzSubset } from './harfbuzz-subset.js';
import { readSfnt, writeSfnt } from './sfnt.js';

const SYMBOL_PAGES = [0, 0xf000, 0xf100, 0xf200];
const MACINTOSH = 1;

/** Everything that the fonts of a document show of one embedded TrueType program. */
export class UsedGlyphs {
  readonly glyphs = new Set<number>([0]);
  /** Codes of simple fonts, by which a viewer may look glyphs up. */
  readonly #bytes = new Set<number>();
  readonly #points = new Set<number>();

  /** @param points what the code may mean */
  addCode(code: number, points: readonly number[]): void {
    this.#bytes.add(code);
    for (const point of points) {
      this.#points.add(point);
      const byte = macRomanByte(point);
      if (byte !== undefined) this.#bytes.add(byte);
    }
  }

  get isByCode(): boolean {
    return this.#bytes.size > 0;
  }

  /** Whether a viewer may look a code of a `cmap` up. */
  asksFor(code: number, platform: number): boolean {
    if (platform === MACINTOSH) return this.#bytes.has(code);
    return (
      this.#points.has(code) || SYMBOL_PAGES.some((page) => code >= page && this.#bytes.has(code - page))
    );
  }
}

/** A program with only the glyphs that are shown; undefined when it cannot be cut down without a doubt. */
export function prunedProgram(
  program: Uint8Array,
  used: UsedGlyphs,
  harfbuzz: HarfbuzzSubset,
): Uint8Array | undefined {
  const font = readSfnt(program);
  if (font === undefined || !font.tables.has('glyf')) return undefined;
  const table = font.tables.get('cmap');
  const maps = table === undefined ? [] : readCharacterMaps(table);
  if (used.isByCode && (maps === undefined || maps.length === 0)) return undefined;
  const kept = used.isByCode ? (maps ?? []).map((map) => prunedMap(map, used)) : [];
  const glyphs = new Set(used.glyphs);
  for (const map of kept) for (const glyph of map.glyphs.values()) glyphs.add(glyph);
  const subset = harfbuzz.subset(program, glyphs);
  const cut = subset === undefined ? undefined : readSfnt(subset);
  if (cut === undefined) return undefined;
  const tables = new Map(cut.tables);
  tables.delete('cmap');
  if (kept.length > 0) tables.set('cmap', writeCharacterMaps(kept));
  return writeSfnt({ version: cut.version, tables });
}

const prunedMap = (map: CharacterMap, used: UsedGlyphs): CharacterMap => ({
  ...map,
  glyphs: new Map([...map.glyphs].filter(([code]) => used.asksFor(code, map.platform))),
});
