import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Job, Task } from './job.js';
import { JobsRepository } from './jobs.repository.js';
import { QUEUE_TIMINGS, type QueueTimings } from './queue-timings.js';
import { TasksRepository } from './tasks.repository.js';

/** A task that this worker may do, as long as it keeps the lease alive. */
export interface Claimed {
  readonly task: Task;
  readonly token: string;
  readonly job: Job;
}

/** Takes tasks: of several workers called for the same one, one gets it. */
@Injectable()
export class TaskClaims {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tasks: TasksRepository,
    private readonly jobs: JobsRepository,
    @Inject(QUEUE_TIMINGS) private readonly timings: QueueTimings,
  ) {}

  /** The task, if it is queued, due, and of one of these kinds. */
  claim(taskId: string, kinds: readonly string[]): Promise<Claimed | undefined> {
    return this.unitOfWork.run(async (tx) => {
      const claimed = await this.tasks.claim(taskId, kinds, this.timings.leaseMs / 1000, tx);
      if (!claimed) return undefined;
      const { token, ...task } = claimed;
      await this.jobs.markRunning(task.organizationId, task.jobId, tx);
      return { task, token, job: await this.jobs.get(task.organizationId, task.jobId, tx) };
    });
  }
}
