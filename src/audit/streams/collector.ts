import type { StreamMessage } from './stream-message.js';

/** The kinds of collectors: each has a cursor of its own. */
export type CollectorName = 'syslog' | 'http';

/** Takes the audit log outside, for as long as it is there. */
export abstract class Collector {
  abstract readonly name: CollectorName;

  /**
   * Hands messages over, in their order; when it answers, they are with the collector as far as can be known. Holds no more than
   * these messages, and gives up when nothing of them is taken for a while.
   * @throws Error of whatever kind when they may not all have been taken
   */
  abstract send(messages: readonly StreamMessage[], signal: AbortSignal): Promise<void>;

  /**
   * When a connection broke on which messages had been sent that nobody acknowledged, by `performance.now()`; told once. Until
   * then nothing is sent.
   */
  takeLoss(): number | undefined {
    return undefined;
  }

  /** Lets go of connections. */
  abstract close(): void;
}

/** No collector takes longer to answer, or to take some bytes, in milliseconds. */
export const SILENCE_MS = 30_000;
/** Nor to let itself be reached. */
export const CONNECT_MS = 10_000;
