import type { TaskInput, TaskSchema } from './task-input.js';

/** Wait before the next attempt: doubles from `baseMs` up to `maxMs`, see {@link backoffMs}. */
export interface Backoff {
  readonly baseMs: number;
  readonly maxMs: number;
}

/** One kind of background work. What is stored under a type and version stays readable by it for ever. */
export interface TaskDefinition<T extends TaskInput = TaskInput> {
  /** `<feature>.<what one task is>`, such as `batch.chunk`. */
  readonly type: string;
  /** Raised when the input changes its form; tasks of another version wait for a worker that knows it. */
  readonly version: number;
  readonly schema: TaskSchema<T>;
  /** How often a task that fails is tried in all. */
  readonly maxAttempts: number;
  readonly backoff: Backoff;
}

interface TaskOptions<T extends TaskInput> {
  readonly type: string;
  readonly version: number;
  readonly schema: TaskSchema<T>;
  readonly maxAttempts?: number;
  readonly backoff?: Backoff;
}

const MAX_ATTEMPTS = 5;
const BACKOFF: Backoff = { baseMs: 1_000, maxMs: 60_000 };

/** Defines a kind of task: 5 attempts, 1 s to 60 s apart, unless it says otherwise. */
export const defineTask = <T extends TaskInput>(options: TaskOptions<T>): TaskDefinition<T> => ({
  maxAttempts: MAX_ATTEMPTS,
  backoff: BACKOFF,
  ...options,
});

/** A task to be made, see `JobsWriter.create`. */
export interface NewTask {
  readonly definition: TaskDefinition;
  readonly input: TaskInput;
  /** How many items of the job's progress the task stands for. */
  readonly items: number;
}

/** A task to be made, with the input its definition asks for. */
export const newTask = <T extends TaskInput>(
  definition: TaskDefinition<T>,
  input: T,
  items: number,
): NewTask => ({ definition, input, items });
