import type { QuasiColumn } from './quasi-column.js';

/** What every class of rows must fulfil. */
export interface ClassRule {
  /** Least number of rows. */
  readonly k: number;
  /** Least number of distinct values, missing ones apart, in each sensitive column; 1 asks for nothing. */
  readonly l: number;
  /** By sensitive column, each row's value as a code; −1 where it is missing. */
  readonly sensitive: readonly Int32Array[];
}

/** Borders between values that are tried when the one nearest to the median breaks the rule of diversity. */
const MOST_BORDERS = 16;

/** The least number of distinct values that any sensitive column has in these rows. */
export function diversityOf(rows: Iterable<number>, sensitive: ClassRule['sensitive']): number {
  const distinct = sensitive.map(() => new Set<number>());
  for (const row of rows) {
    for (const [index, codes] of sensitive.entries()) {
      const code = codes[row] ?? -1;
      if (code >= 0) distinct[index]?.add(code);
    }
  }
  return Math.min(...distinct.map(({ size }) => size));
}

export const fulfils = (rows: readonly number[], { k, l, sensitive }: ClassRule): boolean =>
  rows.length >= k && (l <= 1 || diversityOf(rows, sensitive) >= l);

/**
 * Strict multidimensional partitioning (LeFevre, DeWitt, Ramakrishnan: Mondrian Multidimensional k-Anonymity, ICDE 2006)
 * with distinct l-diversity (Machanavajjhala et al., TKDD 2007) as a second condition of each cut. The widest column is cut
 * first, at the border of two values nearest to the median; missing values count as the least.
 * @param rows must fulfil the rule themselves
 * @returns disjoint classes that cover the rows, each fulfilling the rule
 */
export function* partition(
  rows: readonly number[],
  columns: readonly QuasiColumn[],
  rule: ClassRule,
): Generator<void, number[][]> {
  const open: (readonly number[])[] = [rows];
  const classes: number[][] = [];
  let handled = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const halves = cut(next, columns, rule);
    if (halves) open.push(...halves);
    else classes.push([...next]);
    handled += next.length;
    if (handled > 2_000) {
      handled = 0;
      yield;
    }
  }
  return classes;
}

function cut(
  rows: readonly number[],
  columns: readonly QuasiColumn[],
  rule: ClassRule,
): [number[], number[]] | undefined {
  if (rows.length < 2 * rule.k) return undefined;
  const widths = columns.map((column) => ({ column, width: column.width(column.extentOf(rows)) }));
  widths.sort((a, b) => b.width - a.width);
  for (const { column, width } of widths) {
    const halves = width > 0 ? cutColumn(rows, column, rule) : undefined;
    if (halves) return halves;
  }
  return undefined;
}

/** More than there are rows: sorted are numbers that hold rank and place, since the rows of a whole table come here. */
const PLACES = 2 ** 26;

function sortedByRank(rows: readonly number[], ranks: Int32Array): number[] {
  const keys = Float64Array.from(rows, (row, place) => ((ranks[row] ?? 0) + 1) * PLACES + place).sort();
  return Array.from(keys, (key) => rows[key % PLACES] ?? 0);
}

function cutColumn(
  rows: readonly number[],
  { ranks }: QuasiColumn,
  rule: ClassRule,
): [number[], number[]] | undefined {
  const sorted = sortedByRank(rows, ranks);
  const borders: number[] = [];
  for (let at = rule.k; at <= sorted.length - rule.k; at++) {
    if (ranks[sorted[at - 1] ?? 0] !== ranks[sorted[at] ?? 0]) borders.push(at);
  }
  const middle = sorted.length / 2;
  borders.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  for (const border of borders.slice(0, MOST_BORDERS)) {
    const halves: [number[], number[]] = [sorted.slice(0, border), sorted.slice(border)];
    if (halves.every((half) => fulfils(half, rule))) return halves;
  }
  return undefined;
}
