import { invalidField } from '../errors/app-error.js';
import type { Listed, Listing, Position } from '../http/listing.js';
import type { Tx } from './unit-of-work.js';

/** A column that a list can be sorted by; it must be NOT NULL, since NULL has no place in an order. */
interface SortColumn {
  readonly column: string;
  /** PostgreSQL type, for values that come back in a cursor. */
  readonly type: 'timestamptz' | 'text' | 'bigint' | 'integer';
}

/** A condition, and what stands for its `?`. */
export type Condition = readonly [condition: string, value: unknown, ...more: unknown[]];

/** A list as SQL. Names come from code alone; values travel as parameters. */
export interface RowQuery {
  /** `column AS "property"`, comma-separated. */
  readonly select: string;
  readonly from: string;
  /**
   * Conditions with `?` for their value, or for one after the other of several; a condition whose first value is undefined is
   * left out.
   */
  readonly where: readonly Condition[];
  readonly sort: Readonly<Record<string, SortColumn>>;
  /** Unique column that settles ties; `id` unless said otherwise. */
  readonly id?: string;
}

/** A pattern of LIKE that matches texts which have the given one in them, whatever characters it has. */
export const containing = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Numbers the `?` of conditions. */
class Parameters {
  readonly values: unknown[] = [];

  bind(condition: string, ...values: readonly unknown[]): string {
    const first = this.values.length + 1;
    this.values.push(...values);
    let next = 0;
    return condition.replaceAll('?', () => `$${first + (values.length === 1 ? 0 : next++)}`);
  }
}

/**
 * One page of a list and the total of all pages. By cursor the page starts after a position in the order, so that
 * rows that come or go meanwhile are neither repeated nor skipped.
 * @throws AppError VALIDATION_ERROR when a cursor holds a value its column cannot have
 */
export async function listRows<Row>(query: RowQuery, listing: Listing, db: Tx): Promise<Listed<Row>> {
  const parameters = new Parameters();
  const wanted = query.where.filter(([, value]) => value !== undefined);
  const conditions = wanted.map(([condition, ...values]) => parameters.bind(condition, ...values));
  const where = conditions.length > 0 ? conditions.join(' AND ') : 'true';
  const counted = db.query(`SELECT count(*)::int AS total FROM ${query.from} WHERE ${where}`, [
    ...parameters.values,
  ]);
  const [[{ total }], found] = await sequence(counted, () => pageRows(query, listing, where, parameters, db));
  const rows = found.slice(0, listing.page.size);
  const last = rows.at(-1);
  const next = found.length > rows.length && last ? positionOf(last) : undefined;
  return { rows: rows.map(({ sort_value: _, sort_id: __, ...row }) => row as Row), total, next };
}

interface Sorted {
  readonly sort_value: string;
  readonly sort_id: string;
}

const positionOf = ({ sort_value, sort_id }: Sorted): Position => ({ value: sort_value, id: sort_id });

/** In turn: a transaction's connection takes one query at a time. */
async function sequence<A, B>(first: Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
  const done = await first;
  return [done, await second()];
}

async function pageRows(
  query: RowQuery,
  { page, sort, order, after }: Listing,
  where: string,
  parameters: Parameters,
  db: Tx,
): Promise<Sorted[]> {
  const id = query.id ?? 'id';
  const by = query.sort[sort];
  if (!by) throw new Error(`list cannot be sorted by ${sort}`);
  const comparison = order === 'asc' ? '>' : '<';
  const from = after
    ? ` AND (${by.column}, ${id}) ${comparison} (${parameters.bind(`?::${by.type}`, after.value)}, ${parameters.bind('?', after.id)})`
    : '';
  const limit = parameters.bind('LIMIT ?', page.size + 1);
  const offset = after ? '' : parameters.bind('OFFSET ?', page.offset);
  const sql = `
    SELECT ${query.select}, ${by.column}::text AS sort_value, ${id} AS sort_id
      FROM ${query.from} WHERE ${where}${from}
     ORDER BY ${by.column} ${order}, ${id} ${order} ${limit} ${offset}`;
  try {
    return await db.query(sql, parameters.values);
  } catch (error) {
    if (after && isInvalidValue(error)) throw invalidField('cursor', 'format', "'cursor' is damaged.");
    throw error;
  }
}

/** SQLSTATE 22: the text does not fit the column's type. */
const isInvalidValue = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('22');
