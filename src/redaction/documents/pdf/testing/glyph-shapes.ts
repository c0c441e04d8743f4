/** Units of a font's em. */
export const EM = 1000;
const CELL = { width: 120, height: 140 };
const COLUMNS = 3;
const ROWS = 5;

/** A rectangle of a glyph, in units of the em, from the left end of the baseline. */
export interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * What a character looks like in fonts that are made for tests: blocks in a pattern of its own, which nobody but a
 * program could read. A space has none.
 */
export function blocksOf(character: string): Block[] {
  const code = character.codePointAt(0) ?? 0;
  if (character === ' ') return [];
  const pattern = (code * 2_654_435_761) >>> 16;
  const blocks: Block[] = [];
  for (let cell = 0; cell < COLUMNS * ROWS; cell++) {
    // The lowest cell is always there, so that no pattern is empty.
    if (cell > 0 && ((pattern >> cell) & 1) === 0) continue;
    const [column, row] = [cell % COLUMNS, Math.floor(cell / COLUMNS)];
    blocks.push({
      x: 40 + column * CELL.width,
      y: row * CELL.height,
      width: CELL.width - 20,
      height: CELL.height - 20,
    });
  }
  return blocks;
}

/** How far a character moves on: not the same for all, or widths would tell nothing. */
export const advanceOf = (character: string): number =>
  character === ' ' ? 300 : 440 + ((character.codePointAt(0) ?? 0) % 7) * 20;

/** Characters of texts, each once, in the order in which they come. */
export const alphabetOf = (...texts: readonly string[]): string[] => [...new Set(texts.join(''))];
