import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest time in ms between two chances for other work. */
const SLICE_MS = 8;

/** For loops whose steps wait for nothing by themselves: lets other work in whenever a slice of time is used up. */
export class TimeSlice {
  private end = performance.now() + SLICE_MS;

  /** Whether other work was let in. */
  async pause(): Promise<boolean> {
    if (performance.now() < this.end) return false;
    await nextTurn();
    this.end = performance.now() + SLICE_MS;
    return true;
  }
}
