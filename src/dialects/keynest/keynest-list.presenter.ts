import type { Page } from '../../platform/http/paging.js';

/** Where a list is, as its client knows it, with the filters it was asked for. */
export interface ListAddress {
  /** Scheme, host, port, and the path below which Redoubt answers; without a slash at the end. */
  readonly base: string;
  readonly path: string;
  readonly filters: object;
}

function addressOf({ base, path, filters }: ListAddress, page: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filters, page }))
    if (value !== undefined) query.set(name, String(value));
  return `${base}${path}?${query}`;
}

/** KeyNest's list envelope: the pages before and after this one are whole addresses that keep the filters. */
export const keynestList = <Shown>(
  { rows, total }: { readonly rows: readonly Shown[]; readonly total: number },
  { number, size }: Page,
  address: ListAddress,
) => ({
  count: total,
  next: number * size < total ? addressOf(address, number + 1) : null,
  previous: number > 1 ? addressOf(address, number - 1) : null,
  results: [...rows],
});
