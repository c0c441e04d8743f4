import type { Tx } from '../database/unit-of-work.js';
import type { Job, LogLevel, Task } from './job.js';
import type { TaskDefinition } from './task-definition.js';
import type { TaskInput } from './task-input.js';

/** What a handler gets. */
export interface TaskContext<T extends TaskInput = TaskInput> {
  readonly task: Task;
  readonly job: Job;
  readonly input: T;
  /** Aborts when the task was cancelled, its lease was lost, or the worker stops: nothing it does counts any more. */
  readonly signal: AbortSignal;
  /** Adds a line to the job's log, which its owner reads. Neither code nor message may hold content. */
  log(level: LogLevel, code: string, message: string): Promise<void>;
}

/**
 * What a task changes, run in the transaction that finishes it: it happens exactly once, however often the task was
 * begun. Short, since the transaction waits for it; answers how many of the task's items failed.
 */
export type TaskEffect = (tx: Tx) => Promise<{ readonly itemsFailed: number }>;

/**
 * Does one kind of task. A feature makes it a provider of its module; the worker finds it there.
 * The slow part happens in `run`, outside of any transaction, and may be repeated; what it throws is an attempt that
 * failed, to be repeated later unless it is a {@link PermanentTaskError}.
 */
export abstract class TaskHandler<T extends TaskInput = TaskInput> {
  abstract readonly definition: TaskDefinition<T>;
  abstract run(context: TaskContext<T>): Promise<TaskEffect>;
}

/** An error with a code that the job's owner may see; other errors show as TASK_FAILED. Repeated like any other. */
export class TaskError extends Error {
  /** @param code UPPER_SNAKE, without any value in it */
  constructor(
    readonly code: string,
    options?: { cause?: unknown },
  ) {
    super(code, options);
    this.name = new.target.name;
  }
}

/** A failure that no repetition cures: the task fails at once. */
export class PermanentTaskError extends TaskError {}
