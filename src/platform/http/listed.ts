import type { Listed, Listing } from './listing.js';

/**
 * One page of rows that are all at hand, as `listRows` gives one of rows in a table.
 * @param sortValueOf what a row is sorted by; texts are compared by their code units
 */
export function listedOf<T extends { readonly id: string }>(
  rows: readonly T[],
  { page, order, after }: Listing,
  sortValueOf: (row: T) => string,
): Listed<T> {
  const direction = order === 'asc' ? 1 : -1;
  const compare = (a: Place, b: Place): number =>
    direction * (compareTexts(a.value, b.value) || compareTexts(a.id, b.id));
  const placed = rows.map((row) => ({ row, value: sortValueOf(row), id: row.id })).sort(compare);
  const rest = after ? placed.filter((place) => compare(place, after) > 0) : placed.slice(page.offset);
  const shown = rest.slice(0, page.size);
  const last = shown.at(-1);
  const next = last && rest.length > shown.length ? { value: last.value, id: last.id } : undefined;
  return { rows: shown.map(({ row }) => row), total: rows.length, next };
}

interface Place {
  readonly value: string;
  readonly id: string;
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
