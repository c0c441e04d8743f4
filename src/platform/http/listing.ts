import { invalidField } from '../errors/app-error.js';
import { NumberField, StringField } from './fields.js';
import { type Page, PageQuery, pageOf } from './paging.js';

export type SortOrder = 'asc' | 'desc';

/** Where a cursor continues: after the row with this sort value and id. */
export interface Position {
  readonly value: string;
  readonly id: string;
}

/** A list request as repositories take it. */
export interface Listing {
  readonly page: Page;
  /** One of the list's sort names. */
  readonly sort: string;
  readonly order: SortOrder;
  /** Set when the client continues by cursor; the page's offset is then meaningless. */
  readonly after: Position | undefined;
}

/** One page of a list, with what it takes to ask for the next. */
export interface Listed<T> {
  readonly rows: readonly T[];
  readonly total: number;
  /** The last row's position, when more rows follow it. */
  readonly next: Position | undefined;
}

/** The parameters of every core list, beside its filters. */
export class ListQuery extends PageQuery {
  @StringField({ minLength: 1, maxLength: 1000, optional: true })
  cursor?: string;

  @StringField({ enum: ['asc', 'desc'], optional: true })
  order?: SortOrder;
}

/** Names by which a list can be sorted; the first is the default. */
export const SortField = (names: readonly [string, ...string[]]): PropertyDecorator =>
  StringField({ enum: names, default: names[0], optional: true });

const encode = (sort: string, order: SortOrder, { value, id }: Position): string =>
  Buffer.from(JSON.stringify([sort, order, value, id])).toString('base64url');

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 400 && !value.includes('\0');

const isOrder = (value: unknown): value is SortOrder => value === 'asc' || value === 'desc';

function decode(cursor: string): [sort: string, order: SortOrder, position: Position] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const [sort, order, value, id] = Array.isArray(parts) ? parts : [];
    if (isText(sort) && isOrder(order) && isText(value) && isText(id)) return [sort, order, { value, id }];
  } catch {
    // Not JSON: no cursor of ours.
  }
  throw invalidField(
    'cursor',
    'format',
    "'cursor' must be a 'next_cursor' of this list, as it was answered.",
  );
}

/**
 * What a list query asks for: newest first unless it says otherwise. A cursor brings its own sort and order.
 * @throws AppError VALIDATION_ERROR for a cursor that is none, or belongs to another sort or order, or comes with a page
 */
export function listingOf(query: ListQuery & { sort?: string }): Listing {
  const page = pageOf(query);
  const sort = query.sort ?? 'created_at';
  const order = query.order ?? 'desc';
  if (query.cursor === undefined) return { page, sort, order, after: undefined };
  const [cursorSort, cursorOrder, after] = decode(query.cursor);
  if (cursorSort !== sort || (query.order !== undefined && query.order !== cursorOrder)) {
    throw invalidField(
      'cursor',
      'match',
      "'cursor' belongs to another sort or order. Send those it came with.",
    );
  }
  if (page.number !== 1) throw invalidField('page', 'exclusive', "Send either 'page' or 'cursor'.");
  return { page, sort, order: cursorOrder, after };
}

/** What the body of every core list has beside its `data`. */
export abstract class ListDto {
  @NumberField({ integer: true, minimum: 0 })
  total: number;

  @NumberField({ integer: true, minimum: 1 })
  page: number;

  @NumberField({ integer: true, minimum: 1 })
  page_size: number;

  /** Continues after the last row shown, however many rows come or go meanwhile. */
  @StringField({ nullable: true })
  next_cursor: string | null;
}

/** The envelope of a core list. */
export const listEnvelope = <Row, Shown>(
  { rows, total, next }: Listed<Row>,
  { page, sort, order }: Listing,
  present: (row: Row) => Shown,
) => ({
  data: rows.map((row) => present(row)),
  total,
  page: page.number,
  page_size: page.size,
  next_cursor: next ? encode(sort, order, next) : null,
});
