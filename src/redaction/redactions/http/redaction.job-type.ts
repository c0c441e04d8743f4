import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError, platformError } from '../../../platform/errors/app-error.js';
import { ObjectField } from '../../../platform/http/fields.js';
import { isId } from '../../../platform/http/ids.js';
import { holds } from '../../../platform/http/principal.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { inputOf, setProcessor, throwWithinInput } from '../../../platform/queue/http/job-input.js';
import type { Job } from '../../../platform/queue/job.js';
import { JobType } from '../../../platform/queue/job-type.js';
import { REDACTION_JOB } from '../redaction.js';
import { RedactionJobDto } from './redaction.dto.js';
import { RedactionOperations } from './redaction-operations.js';

/** The part of a job's request that a redaction reads. */
class RedactionJobBody {
  @ObjectField(() => RedactionJobDto)
  input: RedactionJobDto;
}

/** Redactions asked for by `POST jobs`: the input is that of `POST projects/{id}/redactions`, with the project's id. */
@Injectable()
export class RedactionJobType extends JobType {
  readonly type = REDACTION_JOB;
  override readonly takesProcessor = true;

  constructor(private readonly operations: RedactionOperations) {
    super();
  }

  /** @throws AppError as the other operation does, with `input.` before the field */
  async prepare(
    caller: Caller,
    input: unknown,
    processorId: string | undefined,
  ): Promise<(tx: Tx) => Promise<Job>> {
    if (!holds(caller.principal, 'redaction:write')) {
      throw platformError('PERMISSION_DENIED', {
        message: 'This credential lacks the scope redaction:write.',
      });
    }
    const { project_id, ...body } = await inputOf(RedactionJobBody, input);
    setProcessor(body, processorId);
    if (!isId('proj', project_id)) return throwWithinInput(noProject(), processorId);
    return this.operations.receive(caller, project_id, body).catch((error) => {
      // Where the other operation has the project in its path, this one has it in its input.
      const isProject = error instanceof AppError && error.code === 'NOT_FOUND' && !error.details;
      return throwWithinInput(isProject ? noProject() : error, processorId);
    });
  }
}

const noProject = () =>
  platformError('NOT_FOUND', { details: { field: 'project_id', constraint: 'exists' } });
