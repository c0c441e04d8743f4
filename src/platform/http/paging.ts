import { NumberField } from './fields.js';

/** Page sizes of core lists: default and maximum; a larger one is clamped and the applied one reported. */
const DEFAULT_SIZE = 20;
const MAX_SIZE = 100;
/** Deepest page: beyond, a filter serves better than paging. */
const MAX_PAGE = 1_000_000;

/** A page as repositories take it. */
export interface Page {
  readonly number: number;
  readonly size: number;
  readonly offset: number;
}

/** The paging parameters of every core list. */
export class PageQuery {
  @NumberField({ integer: true, minimum: 1, maximum: MAX_PAGE, default: 1, optional: true })
  page = 1;

  @NumberField({ integer: true, minimum: 1, default: DEFAULT_SIZE, optional: true })
  page_size = DEFAULT_SIZE;
}

export function pageOf({ page, page_size }: PageQuery): Page {
  const size = Math.min(page_size, MAX_SIZE);
  return { number: page, size, offset: (page - 1) * size };
}
