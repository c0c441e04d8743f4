import type { AnonymityOptions } from './anonymity-options.js';
import type { CellReplacements } from './cell-replacements.js';
import { isMissing } from './cell-values.js';
import type { ClassifiedColumn } from './classified-columns.js';
import { isPostal } from './column-roles.js';
import { Grouping } from './grouping.js';
import { type ClassRule, diversityOf, fulfils, partition } from './mondrian.js';
import { withoutOutliers } from './outliers.js';
import { QuasiColumn } from './quasi-column.js';
import { StatisticsError } from './statistics-error.js';

/**
 * Groups rows by what they hold, so that each group can have one description. A cell that a row lacks cannot be written, so
 * rows that lack different ones are grouped apart; groups too small for the rule are left out.
 * @throws StatisticsError TABLE_UNSUITABLE when the rule cannot be kept without leaving out too much
 */
export function* releasedClasses(
  cells: CellReplacements,
  columns: readonly ClassifiedColumn[],
  options: AnonymityOptions,
): Generator<void, Grouping> {
  const { rows } = cells.table;
  const quasi = columns.filter(({ role }) => role === 'quasi_identifier');
  const quasiColumns = quasi.map(
    ({ index, reading, name }) =>
      new QuasiColumn(
        rows.map((_, row) => cells.textAt(row, index)),
        reading,
        isPostal(name),
      ),
  );
  const sensitive = columns
    .filter(({ role }) => role === 'sensitive')
    .map(({ index }) => codesOf(rows.map((_, row) => cells.textAt(row, index))));
  const rule = { k: options.k, l: options.l, sensitive };
  const all = rows.map((_, row) => row);
  assertPossible(all, rule);
  const most = Math.floor(all.length * options.maxSuppression);
  const shapes = shapesOf(all, (row) =>
    quasi.map(({ index }) => Number(rows[row]?.[index] !== undefined)).join(''),
  );
  const groups = shapes.filter((group) => fulfils(group, rule));
  const left = most - (all.length - groups.reduce((sum, { length }) => sum + length, 0));
  if (left < 0 || groups.length === 0) throw tooRagged(options);
  const classes: number[][] = [];
  for (const group of groups) classes.push(...(yield* partition(group, quasiColumns, rule)));
  return new Grouping(yield* withoutOutliers(classes, quasiColumns, rule, left), quasiColumns, rule);
}

function assertPossible(rows: readonly number[], { k, l, sensitive }: ClassRule): void {
  if (rows.length < k) {
    const message = `The table has ${rows.length} rows, and k = ${k} needs ${k} at least. Send more rows, or ask for a smaller k.`;
    throw new StatisticsError('TABLE_UNSUITABLE', message, 'k');
  }
  if (l <= 1 || diversityOf(rows, sensitive) >= l) return;
  const message = `A sensitive column of the table has fewer than l = ${l} different values. Ask for a smaller l.`;
  throw new StatisticsError('TABLE_UNSUITABLE', message, 'l');
}

const tooRagged = ({ maxSuppression }: AnonymityOptions): StatisticsError =>
  new StatisticsError(
    'TABLE_UNSUITABLE',
    `Rows lack cells of quasi-identifiers, and leaving out those that too few others resemble would lose more than ${maxSuppression * 100} % of the rows. Give every row all its cells, empty ones where nothing is known, or raise 'privacy.max_suppression'.`,
    'max_suppression',
  );

function shapesOf(rows: readonly number[], shapeOf: (row: number) => string): number[][] {
  const shapes = new Map<string, number[]>();
  for (const row of rows) {
    const shape = shapeOf(row);
    const known = shapes.get(shape);
    if (known) known.push(row);
    else shapes.set(shape, [row]);
  }
  return [...shapes.values()];
}

function codesOf(texts: readonly string[]): Int32Array {
  const codes = new Map<string, number>();
  return Int32Array.from(texts, (text) => {
    if (isMissing(text)) return -1;
    const code = codes.get(text.trim()) ?? codes.size;
    codes.set(text.trim(), code);
    return code;
  });
}
