/** Injection token of the worker's {@link QueueTimings}. */
export const QUEUE_TIMINGS = Symbol('queue timings');

/** How long things take before they count as lost, in milliseconds. */
export interface QueueTimings {
  /** A task whose worker has not renewed its lease for this long is given to another. */
  readonly leaseMs: number;
  /** How often a lease is renewed; so soon a cancellation is seen. */
  readonly renewMs: number;
  /** How often the leader looks for lost calls and lost workers. */
  readonly sweepMs: number;
  /** A task due for this long, whose call was published for as long, has lost it if no call waits. */
  readonly lostMs: number;
  /** At a stop, running tasks get this long to end; then they are told to. */
  readonly finishMs: number;
  /** After that they get this long, then they are put back into the queue. */
  readonly abortMs: number;
}

export const TIMINGS: QueueTimings = {
  leaseMs: 20_000,
  renewMs: 2_000,
  sweepMs: 5_000,
  lostMs: 5_000,
  finishMs: 3_000,
  abortMs: 1_500,
};
