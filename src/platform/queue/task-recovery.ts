import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import { TaskOutbox } from '../outbox/task-outbox.js';
import type { LogLevel, Task } from './job.js';
import { JobLogsRepository } from './job-logs.repository.js';
import { JobProgress } from './job-progress.js';
import { LostTasksRepository } from './lost-tasks.repository.js';
import { TaskEndings } from './task-endings.js';

/** A task whose workers were lost this often is taken to be what kills them; ordinary attempts are counted apart. */
export const MOST_CRASHES = 20;

const CODE = 'WORKER_LOST';

/** Puts a task whose worker is gone back into the queue, or gives it up when it has cost too many workers. */
@Injectable()
export class TaskRecovery {
  constructor(
    private readonly lost: LostTasksRepository,
    private readonly outbox: TaskOutbox,
    private readonly logs: JobLogsRepository,
    private readonly progress: JobProgress,
    private readonly endings: TaskEndings,
  ) {}

  async recover(id: string, tx: Tx): Promise<void> {
    const again = await this.lost.requeue(id, MOST_CRASHES, tx);
    if (again) {
      await this.outbox.append(again.organizationId, [id], tx, again.delaySeconds);
      return this.log(again, 'warn', 'its worker was lost; it is queued again', tx);
    }
    const ended = await this.lost.giveUp(id, MOST_CRASHES, CODE, tx);
    if (!ended) return;
    await this.log(ended, 'error', `it was given up after ${ended.crashes} workers were lost with it`, tx);
    await this.endings.run([ended], tx);
    const counted = { completed: 0, failed: ended.items, tasksOpen: -1, errorCode: CODE };
    await this.progress.advance(ended.organizationId, ended.jobId, counted, tx);
  }

  private log(task: Task, level: LogLevel, what: string, tx: Tx): Promise<void> {
    const { organizationId, jobId, id: taskId, position } = task;
    const message = `Task ${position}: ${what}.`;
    return this.logs.append({ organizationId, jobId, taskId, level, code: CODE, message }, tx);
  }
}
