import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError, invalidField, platformError } from '../../../platform/errors/app-error.js';
import { ObjectField } from '../../../platform/http/fields.js';
import { holds } from '../../../platform/http/principal.js';
import { RequestPipe } from '../../../platform/http/request.pipe.js';
import type { Caller } from '../../../platform/http/request-context.js';
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

const pipe = new RequestPipe();

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
    const body = await inputOf(input);
    if (processorId === undefined) return this.batches.receive(caller, body).catch(throwWithinInput);
    if (body.processor_id !== undefined) {
      const message = "'processor_id' stands in 'input' too: send it once.";
      throw invalidField('processor_id', 'exclusive', message);
    }
    body.processor_id = processorId;
    return this.batches.receive(caller, body).catch(throwWithinInput);
  }
}

async function inputOf(input: unknown): Promise<BatchInputDto> {
  const checked = await pipe.transform({ input }, { metatype: BatchJobDto, type: 'body' });
  if (checked instanceof BatchJobDto) return checked.input;
  throw new Error('the pipe made something else');
}

/** Throws the same error about a field of `input`; the policy is named beside it. */
function throwWithinInput(error: unknown): never {
  if (!(error instanceof AppError) || !error.details || error.details.field === 'processor_id') throw error;
  const { code, row, message, details } = error;
  const { field } = details;
  throw new AppError(code, row, {
    message: message.replaceAll(`'${field}'`, `'input.${field}'`),
    details: { ...details, field: `input.${field}` },
  });
}
