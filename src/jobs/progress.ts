import { isFinal, type Job } from '../platform/queue/job.js';

/** How far a job is. */
export interface Progress {
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  /** Items a second since the job last began to run; null before the first is done. */
  readonly rate: number | null;
  /** At that rate; 0 for a job that has ended, null while it cannot be told. */
  readonly secondsLeft: number | null;
}

const THREE_DIGITS = 1_000;

/** Progress, with rate and time left reckoned from what was really done. */
export function progressOf(job: Job): Progress {
  const { itemsTotal: total, itemsCompleted: completed, itemsFailed: failed } = job;
  const { itemsSinceResume, runningSeconds } = job;
  const rate = itemsSinceResume > 0 && runningSeconds > 0 ? itemsSinceResume / runningSeconds : null;
  const left = Math.max(0, total - completed - failed);
  const secondsLeft = isFinal(job.status) ? 0 : rate === null ? null : Math.ceil(left / rate);
  return {
    total,
    completed,
    failed,
    rate: rate === null ? null : Math.round(rate * THREE_DIGITS) / THREE_DIGITS,
    secondsLeft,
  };
}
