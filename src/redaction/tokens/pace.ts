import { TimeSlice } from '../../platform/cooperation/time-slice.js';

export interface Pace {
  /** Asked for at the first pause. */
  readonly signal?: () => AbortSignal;
}

/**
 * Does work on each item, in order, and gives way to other work whenever a slice of time is used up.
 * @throws the signal's reason once it is aborted
 */
export async function inSteps<T>(
  items: readonly T[],
  { signal }: Pace,
  work: (item: T) => Promise<void> | void,
): Promise<void> {
  const slice = new TimeSlice();
  for (const item of items) {
    await work(item);
    if (await slice.pause()) signal?.().throwIfAborted();
  }
}

/** Items in lists of at most `size`. */
export function* chunksOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
