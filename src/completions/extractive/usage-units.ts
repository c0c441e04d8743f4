/** What this model counts, as others count their tokens: words, and punctuation marks and other signs one by one. */
const UNIT = /[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu;

const UNITS_BETWEEN_PAUSES = 4_096;

/** Counts the units of a text; a generator, since texts may be long. */
export function* countUnits(text: string): Generator<void, number> {
  let count = 0;
  for (const _ of text.matchAll(UNIT)) {
    count += 1;
    if (count % UNITS_BETWEEN_PAUSES === 0) yield;
  }
  return count;
}

/** Where so many units of a text end; its length where it has no more than those. */
export function endOfUnits(text: string, most: number): number {
  let count = 0;
  let end = 0;
  for (const { 0: unit, index } of text.matchAll(UNIT)) {
    if (count === most) return end;
    count += 1;
    end = index + unit.length;
  }
  return text.length;
}
