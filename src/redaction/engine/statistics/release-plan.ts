import { type ColumnReading, isMissing, readColumn, spelledNumber } from './cell-values.js';
import { identifiedShare } from './classified-columns.js';
import { inferRole, isPostal } from './column-roles.js';
import { StatisticsError } from './statistics-error.js';
import type { TableFindings } from './table-findings.js';
import { columnsNamed, type Table } from './tables/table.js';

/** Numbers of a column: how many there are, their sum and mean. Values beyond the bounds count as the nearest bound. */
export interface MeasureQuery {
  readonly kind: 'measure';
  readonly column: number;
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly inferred: boolean;
}

/** How many rows have each of a list of values. */
export interface HistogramQuery {
  readonly kind: 'histogram';
  readonly column: number;
  readonly name: string;
  readonly categories: readonly string[];
  readonly inferred: boolean;
  /** Which category a cell's text is of. */
  readonly categoryOf: (text: string) => string;
}

export type Query = MeasureQuery | HistogramQuery;

export interface ReleasePlan {
  readonly queries: readonly Query[];
  /** Columns of which nothing is released: direct identifiers, free text, too many values. */
  readonly omitted: readonly string[];
}

/** What a caller says of columns before anybody looks at the data. */
export interface Domains {
  readonly bounds: Readonly<Record<string, readonly [number, number]>>;
  readonly categories: Readonly<Record<string, readonly string[]>>;
}

/** More values than this are no categories. */
const MOST_CATEGORIES = 50;

/**
 * What a release tells of a table: of the columns that the caller has given a domain and no others, or, where none has
 * one, of all that have few values or numbers, by domains read off the data.
 * @throws StatisticsError COLUMN_UNKNOWN; TABLE_UNSUITABLE when nothing is left to tell
 */
export function* planRelease(
  table: Table,
  findings: TableFindings,
  domains: Domains,
): Generator<void, ReleasePlan> {
  const given = [...Object.keys(domains.bounds), ...Object.keys(domains.categories)];
  return given.length > 0 ? givenPlan(table, domains) : yield* inferredPlan(table, findings);
}

function givenPlan(table: Table, { bounds, categories }: Domains): ReleasePlan {
  const measures = Object.entries(bounds).flatMap(([name, [low, high]]) =>
    columnsNamed(table, name, 'bounds').map(
      (column): Query => ({ kind: 'measure', column, name, low, high, inferred: false }),
    ),
  );
  const histograms = Object.entries(categories).flatMap(([name, values]) =>
    columnsNamed(table, name, 'categories').map((column) => histogram(column, name, values, false)),
  );
  const queries = [...measures, ...histograms].sort((a, b) => a.column - b.column);
  const told = new Set(queries.map(({ column }) => column));
  const omitted = table.columns.flatMap(({ name }, index) => (told.has(index) ? [] : [name]));
  return { queries, omitted };
}

const histogram = (
  column: number,
  name: string,
  categories: readonly string[],
  inferred: boolean,
  categoryOf: HistogramQuery['categoryOf'] = (text) => text.trim(),
): HistogramQuery => ({ kind: 'histogram', column, name, categories, inferred, categoryOf });

function* inferredPlan(table: Table, findings: TableFindings): Generator<void, ReleasePlan> {
  const queries: Query[] = [];
  const omitted: string[] = [];
  for (const [column, { name }] of table.columns.entries()) {
    yield;
    const texts = table.rows.map((row) => row[column] ?? '').filter((text) => !isMissing(text));
    const reading = readColumn(texts, isPostal(name));
    const isIdentifier =
      inferRole(name, reading.kind, identifiedShare(table, findings, column)) === 'identifier';
    const direct = new Set(
      table.rows.flatMap((row, index) =>
        findings.directAt(index, column).length > 0 ? [(row[column] ?? '').trim()] : [],
      ),
    );
    const query = isIdentifier ? undefined : inferQuery(column, name, texts, reading, direct);
    if (query) queries.push(query);
    else omitted.push(name);
  }
  if (queries.length > 0) return { queries, omitted };
  throw new StatisticsError(
    'TABLE_UNSUITABLE',
    "No column has numbers or few enough values to be counted. Name columns in 'privacy.bounds' or 'privacy.categories'.",
    'bounds',
  );
}

function inferQuery(
  column: number,
  name: string,
  texts: readonly string[],
  { kind }: ColumnReading,
  direct: ReadonlySet<string>,
): Query | undefined {
  if (texts.length === 0) return undefined;
  if (kind === 'number') {
    const [low, high] = roundBounds(texts.map((text) => spelledNumber(text) ?? 0));
    return { kind: 'measure', column, name, low, high, inferred: true };
  }
  const categoryOf = kind === 'date' ? yearOf : (text: string) => text.trim();
  const distinct = new Set(texts.filter((text) => !direct.has(text.trim())).map(categoryOf));
  if (distinct.size === 0 || distinct.size > MOST_CATEGORIES) return undefined;
  return histogram(column, name, [...distinct].sort(), true, categoryOf);
}

const yearOf = (text: string): string => /\d{4}/.exec(text)?.[0] ?? '';

/** Bounds of one significant digit around the values, so that the least and the greatest are not shown themselves. */
function roundBounds(values: readonly number[]): [number, number] {
  let low = 0;
  let high = 0;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [0 - roundUp(-low), low < 0 && high === 0 ? 0 : roundUp(high) || 1];
}

/** The next of 1, 2, 5, 10, … times a power of ten. */
function roundUp(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}
