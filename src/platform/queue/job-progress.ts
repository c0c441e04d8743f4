import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import { EventOutbox } from '../outbox/event-outbox.js';
import { TaskOutbox } from '../outbox/task-outbox.js';
import type { Job } from './job.js';
import { JobEndings } from './job-endings.js';
import { JobLogsRepository } from './job-logs.repository.js';
import { JobsRepository, type Progress } from './jobs.repository.js';
import { TasksRepository } from './tasks.repository.js';

/** Keeps a job's counters equal to its tasks, and tells when the job has ended. */
@Injectable()
export class JobProgress {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly logs: JobLogsRepository,
    private readonly events: EventOutbox,
    private readonly endings: JobEndings,
    private readonly tasks: TasksRepository,
    private readonly outbox: TaskOutbox,
  ) {}

  /**
   * Counts what became of tasks, and ends the job with its last one. The caller holds the locks of those tasks: tasks
   * first, then their job, so that no two transactions wait for each other.
   */
  async advance(organizationId: string, jobId: string, progress: Progress, tx: Tx): Promise<void> {
    const { tasksOpen, sequential } = await this.jobs.advance(organizationId, jobId, progress, tx);
    if (tasksOpen > 0) return sequential ? this.callNext(organizationId, jobId, tx) : undefined;
    await this.jobs.end(organizationId, jobId, tx);
    await this.announceEnd(await this.jobs.get(organizationId, jobId, tx), tx);
  }

  async cancel(organizationId: string, jobId: string, tx: Tx): Promise<void> {
    await this.jobs.markCancelled(organizationId, jobId, tx);
    await this.announceEnd(await this.jobs.get(organizationId, jobId, tx), tx);
  }

  private async callNext(organizationId: string, jobId: string, tx: Tx): Promise<void> {
    const next = await this.tasks.firstQueued(organizationId, jobId, tx);
    if (next !== undefined) await this.outbox.append(organizationId, [next], tx);
  }

  private async announceEnd(job: Job, tx: Tx): Promise<void> {
    const { id, organizationId, status, type } = job;
    const counts = { total: job.itemsTotal, completed: job.itemsCompleted, failed: job.itemsFailed };
    const message = `The job ended as ${status}: ${counts.completed} of ${counts.total} done, ${counts.failed} failed.`;
    const level = status === 'failed' ? 'error' : counts.failed > 0 ? 'warn' : 'info';
    const line = {
      organizationId,
      jobId: id,
      taskId: null,
      level,
      code: `JOB_${status.toUpperCase()}`,
      message,
    } as const;
    await this.logs.append(line, tx);
    const data = { id, type, status, ...counts };
    await this.events.append(
      { organizationId, projectId: job.projectId ?? undefined, name: `job.${status}`, data },
      tx,
    );
    await this.endings.run(job, tx);
  }
}
