import type { LogLevel } from '../platform/queue/job.js';

/** A line that background work wrote for its owner. */
export interface JobLog {
  readonly id: string;
  readonly jobId: string;
  readonly taskId: string | null;
  readonly level: LogLevel;
  readonly code: string;
  readonly message: string;
  readonly createdAt: Date;
}
