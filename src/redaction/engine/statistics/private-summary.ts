import { spelledNumber } from './cell-values.js';
import { discreteLaplace, type Fraction, noiseMargin } from './noise/discrete-laplace.js';
import { scaleOf } from './noise/epsilon.js';
import type { RandomBytes } from './noise/exact-bernoulli.js';
import type { HistogramQuery, MeasureQuery, ReleasePlan } from './release-plan.js';
import { ROWS_PER_TURN, type Table } from './tables/table.js';

/** Names of the released table's columns. */
export const SUMMARY_COLUMNS = ['column', 'statistic', 'category', 'value', 'margin'] as const;

/** Column, statistic, category, value, and the margin that the noise stays within 19 times of 20. */
export type SummaryRow = readonly [string | null, string, string | null, number | null, number | null];

const CONFIDENCE = 0.95;
/** Chance with which a category of one row alone would be shown, where the data itself named the categories. */
const LEAST_CHANCE = 1e-6;
/** A range is cut into this many steps at least, so that rounding tells less than the noise hides. */
const STEPS_LOG10 = 5;

/** Queries that share epsilon: the count of rows, two for each column of numbers, one for each histogram. */
export const sharesOf = ({ queries }: ReleasePlan): number =>
  queries.reduce((sum, { kind }) => sum + (kind === 'measure' ? 2 : 1), 1);

/**
 * A summary of a table that is ε-differentially private for adding or removing one row, where the plan's domains are not
 * taken from the table. Every query gets an equal share of epsilon (sequential composition); a row counts in one cell of a
 * histogram, so its cells share theirs (parallel composition).
 * @param epsilonMicros in millionths
 */
export function* summarize(
  table: Table,
  plan: ReleasePlan,
  epsilonMicros: number,
  random: RandomBytes,
): Generator<void, SummaryRow[]> {
  const shares = sharesOf(plan);
  const counting = scaleOf(1n, shares, epsilonMicros);
  const summary: SummaryRow[] = [countRow(null, null, BigInt(table.rows.length), counting, random)];
  for (const query of plan.queries) {
    if (query.kind === 'measure')
      summary.push(...(yield* measure(table, query, shares, epsilonMicros, random)));
    else summary.push(...(yield* countCategories(table, query, counting, random)));
  }
  return summary;
}

function countRow(
  column: string | null,
  category: string | null,
  count: bigint,
  scale: Fraction,
  random: RandomBytes,
): SummaryRow {
  const noisy = Number(count + discreteLaplace(scale, random));
  return [column, 'count', category, noisy, noiseMargin(scale, CONFIDENCE)];
}

/** Bounds in whole steps of a fixed decimal grid that depends on nothing but them. */
class Grid {
  readonly #factor: number;
  readonly low: bigint;
  readonly high: bigint;

  constructor({ low, high }: Pick<MeasureQuery, 'low' | 'high'>) {
    const decimals = Math.max(0, STEPS_LOG10 - Math.floor(Math.log10(high - low)));
    this.#factor = 10 ** Math.min(decimals, 15);
    this.low = BigInt(Math.floor(low * this.#factor));
    this.high = BigInt(Math.ceil(high * this.#factor));
  }

  /** The step nearest to a number, within the bounds. */
  stepOf(value: number): bigint {
    const scaled = Math.round(value * this.#factor);
    if (scaled <= Number(this.low)) return this.low;
    return scaled >= Number(this.high) ? this.high : BigInt(scaled);
  }

  valueOf(steps: number): number {
    return Number((steps / this.#factor).toPrecision(15));
  }
}

/**
 * Count, sum and mean of the clamped values. Summed are distances from the middle of the bounds, in half steps, which one row
 * changes by high − low at most: half of what it could change the sum itself by when one bound is 0.
 */
function* measure(
  table: Table,
  query: MeasureQuery,
  shares: number,
  epsilonMicros: number,
  random: RandomBytes,
): Generator<void, SummaryRow[]> {
  const grid = new Grid(query);
  let count = 0n;
  let halves = 0n;
  for (const [row, cells] of table.rows.entries()) {
    if (row % ROWS_PER_TURN === 0) yield;
    const value = spelledNumber(cells[query.column] ?? '');
    if (value === undefined) continue;
    count++;
    halves += 2n * grid.stepOf(value) - grid.low - grid.high;
  }
  const counting = scaleOf(1n, shares, epsilonMicros);
  const summing = scaleOf(grid.high - grid.low, shares, epsilonMicros);
  const counted = countRow(query.name, null, count, counting, random);
  const noisyCount = counted[3] ?? 0;
  const noisyHalves = Number(halves + discreteLaplace(summing, random));
  const middle = Number(grid.low + grid.high) / 2;
  const share = (1 + CONFIDENCE) / 2;
  const margin = noiseMargin(summing, share) / 2 + Math.abs(middle) * noiseMargin(counting, share);
  const mean = Math.min(query.high, Math.max(query.low, grid.valueOf(middle + noisyHalves / 2 / noisyCount)));
  return [
    counted,
    [query.name, 'sum', null, grid.valueOf(noisyHalves / 2 + middle * noisyCount), grid.valueOf(margin)],
    [query.name, 'mean', null, noisyCount > 0 ? mean : null, null],
  ];
}

/** Cells of other values count nowhere. Categories that the data named are shown from a count on that one row hardly reaches. */
function* countCategories(
  table: Table,
  query: HistogramQuery,
  scale: Fraction,
  random: RandomBytes,
): Generator<void, SummaryRow[]> {
  const counts = new Map(query.categories.map((category) => [category, 0n]));
  for (const [row, cells] of table.rows.entries()) {
    if (row % ROWS_PER_TURN === 0) yield;
    const text = cells[query.column] ?? '';
    const category = query.categoryOf(text);
    const known = counts.get(category);
    if (known !== undefined) counts.set(category, known + 1n);
  }
  const rows = [...counts].map(([category, count]) => countRow(query.name, category, count, scale, random));
  if (!query.inferred) return rows;
  const least = 1 + noiseMargin(scale, 1 - LEAST_CHANCE);
  return rows.filter(([, , , value]) => (value ?? 0) > least);
}
