import type { TaskInput } from './task-input.js';

export const JOB_STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;

/** Of jobs and tasks alike. */
export type JobStatus = (typeof JOB_STATUSES)[number];

/** Statuses that nothing but a retry leaves. */
export const FINAL_STATUSES: readonly JobStatus[] = ['completed', 'failed', 'cancelled'];

export const isFinal = (status: JobStatus): boolean => FINAL_STATUSES.includes(status);

/** A piece of background work that clients see: what its tasks do together. */
export interface Job {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  /** The user who asked for it. */
  readonly createdBy: string;
  readonly type: string;
  readonly version: number;
  readonly status: JobStatus;
  readonly itemsTotal: number;
  readonly itemsCompleted: number;
  readonly itemsFailed: number;
  /** Items done since the job last began to run, and how long it ran since then: what its speed is reckoned from. */
  readonly itemsSinceResume: number;
  readonly runningSeconds: number;
  /** What the job is about, by ids: `{batch_id: 'batch_…'}`. */
  readonly reference: Readonly<Record<string, string>>;
  /** Of a failed job: the code of the last failure. */
  readonly errorCode: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly updatedAt: Date;
}

/** The unit that a worker takes, repeats and finishes. */
export interface Task {
  readonly id: string;
  readonly jobId: string;
  readonly organizationId: string;
  readonly type: string;
  readonly version: number;
  /** Place among the job's tasks, from 0. */
  readonly position: number;
  readonly input: TaskInput;
  readonly items: number;
  readonly itemsFailed: number;
  readonly status: JobStatus;
  /** How often it was begun; those that a lost worker began are counted in `crashes` too. */
  readonly attempts: number;
  readonly crashes: number;
  readonly maxAttempts: number;
  readonly runAfter: Date;
  readonly errorCode: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly updatedAt: Date;
}

export const LOG_LEVELS = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
