import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Task } from '../../platform/queue/job.js';
import { defineTask } from '../../platform/queue/task-definition.js';
import { TaskEnding } from '../../platform/queue/task-endings.js';
import {
  PermanentTaskError,
  type TaskContext,
  type TaskEffect,
  TaskError,
  TaskHandler,
} from '../../platform/queue/task-handler.js';
import { countField, taskSchema } from '../../platform/queue/task-input.js';

/** Sleeps, fails as often as it is told, then leaves a row: enough to see every way a task can go. */
const schema = taskSchema({
  sleepMs: countField,
  /** The first so many attempts fail. */
  failures: countField,
  /** 1: the failure is permanent. */
  permanent: countField,
  itemsFailed: countField,
  /** 1: goes on when it is told to stop. */
  deaf: countField,
});

export const DEMO_TASK = defineTask({
  type: 'demo.step',
  version: 1,
  schema,
  maxAttempts: 3,
  backoff: { baseMs: 200, maxMs: 400 },
});

export type DemoInput = ReturnType<typeof schema>;

export const demoInput = (input: Partial<DemoInput> = {}): DemoInput => ({
  sleepMs: 0,
  failures: 0,
  permanent: 0,
  itemsFailed: 0,
  deaf: 0,
  ...input,
});

@Injectable()
export class DemoHandler extends TaskHandler<DemoInput> {
  readonly definition = DEMO_TASK;

  async run({ task, input, signal, log }: TaskContext<DemoInput>): Promise<TaskEffect> {
    await log('info', 'DEMO_BEGUN', `pid ${process.pid}`);
    await sleep(input.sleepMs, undefined, input.deaf ? {} : { signal });
    if (task.attempts - task.crashes <= input.failures) {
      throw input.permanent ? new PermanentTaskError('DEMO_BROKEN') : new TaskError('DEMO_FAILED');
    }
    return async (tx) => {
      await tx.query('INSERT INTO demo_effects (task_id, pid) VALUES ($1, $2)', [task.id, process.pid]);
      return { itemsFailed: input.itemsFailed };
    };
  }
}

/** Leaves a row for every end of a task. */
@Injectable()
export class DemoEnding extends TaskEnding {
  readonly type = DEMO_TASK.type;

  async run(tasks: readonly Task[], tx: Tx): Promise<void> {
    for (const { id, status, itemsFailed, errorCode } of tasks) {
      await tx.query(
        'INSERT INTO demo_endings (task_id, status, items_failed, error_code) VALUES ($1, $2, $3, $4)',
        [...[id, status, itemsFailed, errorCode]],
      );
    }
  }
}
