import { type ClassRule, fulfils } from './mondrian.js';
import type { QuasiColumn } from './quasi-column.js';

/** Sum over the columns of how wide the class is there, 0 to 1 each. */
const widthOf = (rows: Iterable<number>, columns: readonly QuasiColumn[]): number =>
  columns.reduce((sum, column) => sum + column.width(column.extentOf(rows)), 0);

/**
 * Normalized certainty penalty (Xu et al.: Utility-Based Anonymization Using Local Recoding, KDD 2006): the mean over rows
 * and columns of how much of its column each cell's generalization covers; a suppressed row has lost all.
 * @returns 0 for nothing lost, 1 for everything
 */
export function certaintyPenalty(
  classes: readonly (readonly number[])[],
  columns: readonly QuasiColumn[],
  rows: number,
): number {
  const released = classes.reduce((sum, { length }) => sum + length, 0);
  const lost = classes.reduce((sum, members) => sum + members.length * widthOf(members, columns), 0);
  return (lost / columns.length + rows - released) / rows;
}

interface Trim {
  readonly index: number;
  readonly rest: readonly number[];
  readonly size: number;
  /** How much less is lost, in rows. */
  readonly gain: number;
}

/**
 * Takes rows at the ends of columns out of their classes where the rest then tells more than those rows did: each class gives
 * up one end at most, and those that gain most come first.
 * @param most rows that may be given up
 */
export function* withoutOutliers(
  classes: readonly (readonly number[])[],
  columns: readonly QuasiColumn[],
  rule: ClassRule,
  most: number,
): Generator<void, (readonly number[])[]> {
  const kept = [...classes];
  if (most < 1) return kept;
  const trims: Trim[] = [];
  for (const [index, rows] of classes.entries()) {
    const trim = bestTrim(index, rows, columns, rule);
    if (trim) trims.push(trim);
    if (index % 50 === 0) yield;
  }
  trims.sort((a, b) => b.gain / b.size - a.gain / a.size);
  let left = most;
  for (const { index, rest, size } of trims) {
    if (size > left) continue;
    kept[index] = rest;
    left -= size;
  }
  return kept;
}

function bestTrim(
  index: number,
  rows: readonly number[],
  columns: readonly QuasiColumn[],
  rule: ClassRule,
): Trim | undefined {
  if (rows.length <= rule.k) return undefined;
  let best: Trim | undefined;
  const before = (widthOf(rows, columns) / columns.length) * rows.length;
  for (const column of columns) {
    const { low, high } = column.extentOf(rows);
    if (low === high) continue;
    for (const end of [low, high]) {
      const rest = rows.filter((row) => column.ranks[row] !== end);
      const size = rows.length - rest.length;
      const gain = before - (widthOf(rest, columns) / columns.length) * rest.length - size;
      if (gain > (best?.gain ?? 0) && fulfils(rest, rule)) best = { index, rest, size, gain };
    }
  }
  return best;
}
