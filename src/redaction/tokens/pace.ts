import { setImmediate as nextTurn } from 'node:timers/promises';

/** Items between two chances for other work: a few milliseconds of it. */
const STEP = 100;

export interface Pace {
  /** Asked for at the first pause. */
  readonly signal?: () => AbortSignal;
}

/**
 * Does work on each item, in order, and gives way to the event loop every hundred items.
 * @throws the signal's reason once it is aborted
 */
export async function inSteps<T>(
  items: readonly T[],
  { signal }: Pace,
  work: (item: T) => Promise<void> | void,
): Promise<void> {
  for (const [index, item] of items.entries()) {
    await work(item);
    if ((index + 1) % STEP !== 0) continue;
    await nextTurn();
    signal?.().throwIfAborted();
  }
}

/** Items in lists of at most `size`. */
export function* chunksOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
