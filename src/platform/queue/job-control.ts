import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import { TaskOutbox } from '../outbox/task-outbox.js';
import type { JobStatus } from './job.js';
import { JobProgress } from './job-progress.js';
import { JobsRepository } from './jobs.repository.js';
import { TaskEndings } from './task-endings.js';
import { TasksRepository } from './tasks.repository.js';

/** A job, or one task of it. */
export interface Target {
  readonly organizationId: string;
  readonly jobId: string;
  readonly taskId?: string;
}

const OPEN: readonly JobStatus[] = ['queued', 'running'];
const REPEATABLE: readonly JobStatus[] = ['failed', 'cancelled'];

/** Cancels and repeats jobs and tasks. Each answers how many tasks it changed; none means that there was nothing to do. */
@Injectable()
export class JobControl {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly tasks: TasksRepository,
    private readonly progress: JobProgress,
    private readonly outbox: TaskOutbox,
    private readonly endings: TaskEndings,
  ) {}

  /**
   * Cancels what is open: a queued task never begins, and of a running one nothing counts any more; its worker notices
   * within a few seconds.
   */
  async cancel({ organizationId, jobId, taskId }: Target, tx: Tx): Promise<number> {
    await this.serialize(jobId, tx);
    const open = await this.tasks.lock(organizationId, { jobId, taskId }, OPEN, tx);
    if (open.length === 0) return 0;
    const closed = await this.tasks.close(idsOf(open), 'cancelled', null, tx);
    await this.endings.run(closed, tx);
    if (taskId === undefined) await this.progress.cancel(organizationId, jobId, tx);
    else {
      const counted = { completed: 0, failed: 0, tasksOpen: -open.length };
      await this.progress.advance(organizationId, jobId, counted, tx);
    }
    return open.length;
  }

  /** Queues tasks again that failed or were cancelled, with all their attempts. */
  async retry({ organizationId, jobId, taskId }: Target, tx: Tx): Promise<number> {
    await this.serialize(jobId, tx);
    const ended = await this.tasks.lock(organizationId, { jobId, taskId }, REPEATABLE, tx);
    if (ended.length === 0) return 0;
    await this.tasks.reopen(idsOf(ended), tx);
    await this.endings.undo(ended, tx);
    const failed = ended.reduce((sum, task) => sum + task.itemsFailed, 0);
    const reopened = { completed: 0, failed: -failed, tasksOpen: ended.length };
    await this.jobs.advance(organizationId, jobId, reopened, tx);
    await this.jobs.reopen(organizationId, jobId, tx);
    await this.outbox.append(organizationId, idsOf(ended), tx);
    return ended.length;
  }

  /** One at a time for a job: two that lock different tasks of it would wait for each other at the job's row. */
  private async serialize(jobId: string, tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`job/${jobId}`]);
  }
}

const idsOf = (tasks: readonly { readonly id: string }[]): string[] => tasks.map(({ id }) => id);
