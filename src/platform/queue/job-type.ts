import type { Tx } from '../database/unit-of-work.js';
import type { Caller } from '../http/request-context.js';
import type { Job } from './job.js';

/**
 * A kind of job that clients can ask for by `POST jobs`. A feature makes it a provider of its module; the jobs
 * module finds it there.
 */
export abstract class JobType {
  /** As clients write it: `batch`. */
  abstract readonly type: string;
  /** Whether a job of this kind can be given a `processor_id`. */
  readonly takesProcessor: boolean = false;
  /**
   * Checks what the client sent and does what takes long, outside of any transaction; what it returns makes the job.
   * @throws AppError VALIDATION_ERROR naming the fault, with `input.` before the field
   */
  abstract prepare(
    caller: Caller,
    input: unknown,
    processorId: string | undefined,
  ): Promise<(tx: Tx) => Promise<Job>>;
}
