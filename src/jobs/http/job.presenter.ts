import type { JobDto, JobProgressDto, WorkErrorDto } from '../../platform/queue/http/job.dto.js';
import type { Job, JobStatus, Task } from '../../platform/queue/job.js';
import type { JobLog } from '../job-log.js';
import { progressOf } from '../progress.js';
import type { LogDto } from './log.dto.js';
import type { TaskDto } from './task.dto.js';

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

const TEXTS: Readonly<Record<string, string>> = {
  TASK_FAILED: 'An unexpected error; the log of the server says which.',
  TASK_INPUT_INVALID: 'The task was stored by another version of the server and cannot be read.',
  WORKER_LOST: 'Worker after worker ended while it did this.',
};

const errorOf = (status: JobStatus, code: string | null): { error?: WorkErrorDto } =>
  status === 'failed' && code !== null
    ? { error: { code, message: TEXTS[code] ?? `The work failed with ${code}; its log says more.` } }
    : {};

export function presentProgress(job: Job): JobProgressDto {
  const { secondsLeft, ...progress } = progressOf(job);
  return { ...progress, seconds_left: secondsLeft };
}

export const presentJob = (job: Job): JobDto => ({
  id: job.id,
  type: job.type,
  status: job.status,
  progress: presentProgress(job),
  reference: { ...job.reference },
  project_id: job.projectId,
  created_by: job.createdBy,
  ...errorOf(job.status, job.errorCode),
  created_at: job.createdAt.toISOString(),
  started_at: time(job.startedAt),
  finished_at: time(job.finishedAt),
  updated_at: job.updatedAt.toISOString(),
});

export const presentTask = (task: Task): TaskDto => ({
  id: task.id,
  job_id: task.jobId,
  type: task.type,
  position: task.position,
  status: task.status,
  items: task.items,
  items_failed: task.itemsFailed,
  attempts: task.attempts,
  max_attempts: task.maxAttempts,
  ...errorOf(task.status, task.errorCode),
  run_after: task.runAfter.toISOString(),
  created_at: task.createdAt.toISOString(),
  started_at: time(task.startedAt),
  finished_at: time(task.finishedAt),
  updated_at: task.updatedAt.toISOString(),
});

export const presentLog = (log: JobLog): LogDto => ({
  id: log.id,
  job_id: log.jobId,
  task_id: log.taskId,
  level: log.level,
  code: log.code,
  message: log.message,
  created_at: log.createdAt.toISOString(),
});
