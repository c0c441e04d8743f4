import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../database/unit-of-work.js';
import { AppError } from '../errors/app-error.js';
import { TaskOutbox } from '../outbox/task-outbox.js';
import { backoffMs } from './backoff.js';
import type { LogLevel, Task } from './job.js';
import { JobLogsRepository } from './job-logs.repository.js';
import { JobProgress } from './job-progress.js';
import { LeaseLost } from './lease-keeper.js';
import type { TaskDefinition } from './task-definition.js';
import { TaskEndings } from './task-endings.js';
import { PermanentTaskError, type TaskEffect, TaskError } from './task-handler.js';
import { InvalidTaskInput } from './task-input.js';
import { type Lease, TasksRepository } from './tasks.repository.js';

/** What an attempt came to; a label of the metrics. */
export type Outcome = 'completed' | 'retried' | 'failed' | 'released' | 'lost';

/**
 * Ends an attempt in one transaction that holds everything it changes. Each begins with a compare-and-set on the
 * lease: who no longer holds the task changes nothing, so an effect happens once however often the task was begun.
 */
@Injectable()
export class TaskSettlement {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tasks: TasksRepository,
    private readonly progress: JobProgress,
    private readonly logs: JobLogsRepository,
    private readonly outbox: TaskOutbox,
    private readonly endings: TaskEndings,
  ) {}

  /** @throws LeaseLost, with nothing changed, and whatever the effect throws */
  complete(task: Task, lease: Lease, effect: TaskEffect): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const ended = await this.tasks.finish(lease, 'completed', null, tx);
      if (!ended) throw new LeaseLost();
      const { itemsFailed } = await effect(tx);
      if (itemsFailed > 0) await this.tasks.setItemsFailed(task.id, itemsFailed, tx);
      await this.endings.run([{ ...ended, itemsFailed }], tx);
      const counted = { completed: task.items - itemsFailed, failed: itemsFailed, tasksOpen: -1 };
      await this.progress.advance(task.organizationId, task.jobId, counted, tx);
    });
  }

  /** Queues the task again after a failed attempt, or ends it as failed when none is left or none would help. */
  fail(task: Task, lease: Lease, definition: TaskDefinition, error: unknown): Promise<Outcome> {
    const code = codeOf(error);
    const failures = task.attempts - task.crashes;
    const final = isPermanent(error) || failures >= task.maxAttempts;
    return this.unitOfWork.run((tx) =>
      final
        ? this.giveUp(task, lease, code, tx)
        : this.tryLater(task, lease, code, backoffMs(definition.backoff, failures) / 1000, tx),
    );
  }

  /** Puts the task back at once, as if it had not been begun; for a worker that stops. */
  async release(task: Task, lease: Lease): Promise<Outcome> {
    return this.unitOfWork.run(async (tx) => {
      const back = { uncounted: 1, delaySeconds: 0, errorCode: null } as const;
      if (!(await this.tasks.putBack(lease, back, tx))) return 'lost';
      await this.outbox.append(task.organizationId, [task.id], tx);
      return 'released';
    });
  }

  private async tryLater(task: Task, lease: Lease, code: string, seconds: number, tx: Tx): Promise<Outcome> {
    const back = { uncounted: 0, delaySeconds: seconds, errorCode: code } as const;
    if (!(await this.tasks.putBack(lease, back, tx))) return 'lost';
    await this.outbox.append(task.organizationId, [task.id], tx, seconds);
    const failures = task.attempts - task.crashes;
    const when = `attempt ${failures} of ${task.maxAttempts} failed; the next one is in ${seconds.toFixed(1)} s`;
    await this.log(task, 'warn', code, `Task ${task.position}: ${when}.`, tx);
    return 'retried';
  }

  private async giveUp(task: Task, lease: Lease, code: string, tx: Tx): Promise<Outcome> {
    const ended = await this.tasks.finish(lease, 'failed', code, tx);
    if (!ended) return 'lost';
    await this.log(
      task,
      'error',
      code,
      `Task ${task.position} failed; ${task.attempts} attempts were made.`,
      tx,
    );
    await this.endings.run([ended], tx);
    const counted = { completed: 0, failed: task.items, tasksOpen: -1, errorCode: code };
    await this.progress.advance(task.organizationId, task.jobId, counted, tx);
    return 'failed';
  }

  private log(task: Task, level: LogLevel, code: string, message: string, tx: Tx): Promise<void> {
    const { organizationId, jobId, id: taskId } = task;
    return this.logs.append({ organizationId, jobId, taskId, level, code, message }, tx);
  }
}

/** What the job's owner sees of an error: never a foreign message. */
function codeOf(error: unknown): string {
  if (error instanceof TaskError || error instanceof AppError) return error.code;
  return error instanceof InvalidTaskInput ? 'TASK_INPUT_INVALID' : 'TASK_FAILED';
}

/** What was asked for is wrong, and stays so. */
const isPermanent = (error: unknown): boolean =>
  error instanceof PermanentTaskError ||
  error instanceof InvalidTaskInput ||
  (error instanceof AppError && error.row.status < 500 && error.row.status !== 429);
