import type { Intent } from './task-outbox.js';

/** Calls workers; the queue module provides it. A call may be lost or repeated: tasks say what is to be done. */
export abstract class Bells {
  /** Resolves when the queue has taken every intent. */
  abstract ring(intents: readonly Intent[]): Promise<void>;
  /** How many calls wait for a worker right now. */
  abstract countWaiting(): Promise<number>;
}
