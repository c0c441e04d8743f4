import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { platformError } from '../../../platform/errors/app-error.js';
import { ObjectField } from '../../../platform/http/fields.js';
import { holds } from '../../../platform/http/principal.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { inputOf, setProcessor, throwWithinInput } from '../../../platform/queue/http/job-input.js';
import type { Job } from '../../../platform/queue/job.js';
import { JobType } from '../../../platform/queue/job-type.js';
import { BatchInputDto } from '../../http/text-request.dto.js';
import { BATCH_JOB } from '../batch.js';
import { BackgroundBatches } from './background-batches.js';

/** The part of a job's request that a batch reads. */
class BatchJobDto {
  @ObjectField(() => BatchInputDto)
  input: BatchInputDto;
}

/** Batches asked for by `POST jobs`: the input is that of `POST batch`. */
@Injectable()
export class BatchJobType extends JobType {
  readonly type = BATCH_JOB;
  override readonly takesProcessor = true;

  constructor(private readonly batches: BackgroundBatches) {
    super();
  }

  /** @throws AppError as an asynchronous batch does, with `input.` before the field */
  async prepare(
    caller: Caller,
    input: unknown,
    processorId: string | undefined,
  ): Promise<(tx: Tx) => Promise<Job>> {
    if (!holds(caller.principal, 'batch')) {
      throw platformError('PERMISSION_DENIED', { message: 'This credential lacks the scope batch.' });
    }
    const body = await inputOf(BatchJobDto, input);
    setProcessor(body, processorId);
    return this.batches.receive(caller, body).catch((error) => throwWithinInput(error, processorId));
  }
}
