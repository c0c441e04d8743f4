import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Long work of the engine is a generator that yields wherever it may be interrupted and returns its result.
 * These two run one.
 */

/** Runs the work without a break; for small inputs and worker threads. */
export function runToEnd<T>(work: Generator<void, T>): T {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

export interface CooperationOptions {
  /** Longest time in ms between two chances for other work; 8 unless told. */
  readonly sliceMs?: number;
  /** Asked for at the first pause: work that ends within its first slice needs none. */
  readonly signal?: () => AbortSignal;
}

/**
 * Runs the work in slices and gives way to the event loop between them.
 * @throws the signal's reason once it is aborted; the work is ended first, so its `finally` blocks have run.
 */
export async function runCooperatively<T>(
  work: Generator<void, T>,
  { sliceMs = 8, signal }: CooperationOptions = {},
): Promise<T> {
  let sliceEnd = performance.now() + sliceMs;
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    const stop = signal?.();
    if (stop?.aborted === true) {
      work.throw(stop.reason);
      throw stop.reason;
    }
    sliceEnd = performance.now() + sliceMs;
  }
}
