import { SEARCH_TERM } from './documents/document-detector.js';
import { SUPPORTED_TYPES } from './engine/detector.js';
import { publicName } from './engine/type-names.js';

const BUILT_IN: ReadonlySet<string> = new Set([...SUPPORTED_TYPES.map(({ name }) => name), 'DENY_LIST']);

/** What may be shown of the types in reports of documents. */
const SHOWN: ReadonlySet<string> = new Set([...[...BUILT_IN].map(publicName), SEARCH_TERM]);

/** Counts by the name clients know. */
export function countByType(entities: readonly { readonly type: string }[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of entities) counts.set(publicName(type), (counts.get(publicName(type)) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** Counts of an audit row, by name. */
export type Counts = Readonly<Record<string, number>> & { readonly entities: number };

export function sumCounts(all: readonly Counts[]): Counts {
  const sum: Record<string, number> & { entities: number } = { entities: 0 };
  for (const counts of all)
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

/** The same of what was removed from a document: types stand there by the names clients know. */
export function countsOfRemoved(
  removed: readonly { readonly type: string; readonly count: number }[],
): Counts {
  const counts: Record<string, number> & { entities: number } = { entities: 0 };
  for (const { type, count } of removed) {
    const shown = SHOWN.has(type) ? type : 'CUSTOM';
    counts[shown] = (counts[shown] ?? 0) + count;
    counts.entities += count;
  }
  return counts;
}

/** Counts for the audit log, which shows them in clear: a custom type's name is the client's text and stays out. */
export function countsOf(entities: readonly { readonly type: string }[]): Counts {
  const shown = entities.map(({ type }) => ({ type: BUILT_IN.has(type) ? type : 'CUSTOM' }));
  return { entities: entities.length, ...countByType(shown) };
}
