import { sha256 } from '../digest/sha256.js';

/** Of those that are planned once, their names, which are the same in every process. */
const names = new Map<string, string>();

/**
 * Has every connection parse and plan a statement once and no more. For statements of a fixed text that nearly every request
 * asks: to plan one takes longer than to answer it. Its columns are named, so that later migrations change none of them.
 * @returns the statement
 */
export function prepared(sql: string): string {
  if (!names.has(sql)) names.set(sql, `redoubt_${sha256(sql).toString('hex').slice(0, 32)}`);
  return sql;
}

/** The name of a statement that is to be planned once; undefined for any other. */
export const preparedName = (sql: string): string | undefined => names.get(sql);
