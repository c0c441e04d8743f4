import type { Backoff } from './task-definition.js';

/**
 * Wait before the next attempt, in milliseconds: between half and all of `baseMs · 2^(failures − 1)`, at most `maxMs`
 * ("equal jitter", AWS Architecture Blog 2015), so that tasks that failed together do not come back together.
 * @param random from 0 inclusive to 1 exclusive
 */
export function backoffMs({ baseMs, maxMs }: Backoff, failures: number, random = Math.random()): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(full / 2 + (full / 2) * random);
}
