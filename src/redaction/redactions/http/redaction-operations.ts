import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { settled } from '../../../platform/idempotency/settled.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import type { JobDto } from '../../../platform/queue/http/job.dto.js';
import { presentNewJob } from '../../../platform/queue/http/new-job.presenter.js';
import type { Job } from '../../../platform/queue/job.js';
import { RedactionIntake } from '../redaction-intake.service.js';
import type { CreateRedactionDto } from './redaction.dto.js';
import { checkSecretFields } from './redaction-secrets.js';

/** Redactions, from every operation that asks for some. */
@Injectable()
export class RedactionOperations {
  constructor(
    private readonly intake: RedactionIntake,
    private readonly writes: Writes,
  ) {}

  /** Answers with the job once the redaction is stored. @throws AppError as {@link receive}, and those of an Idempotency-Key */
  async create(caller: Caller, projectId: string, body: CreateRedactionDto): Promise<JobDto> {
    const prepared = await settled(() => this.receive(caller, projectId, body));
    return this.writes.run(caller, async (tx) => presentNewJob(await prepared()(tx)));
  }

  /** Checks and prepares a redaction; what it returns stores it. @throws AppError of bad input */
  async receive(
    caller: Caller,
    projectId: string,
    body: CreateRedactionDto,
  ): Promise<(tx: Tx) => Promise<Job>> {
    const { document_ids, processor_id, policy } = body;
    const secrets = checkSecretFields(body);
    return this.intake.receive(caller, {
      projectId,
      documentIds: document_ids,
      processor_id,
      policy,
      secrets,
    });
  }
}
