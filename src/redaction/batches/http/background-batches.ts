import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import type { Job } from '../../../platform/queue/job.js';
import type { BatchInputDto } from '../../http/text-request.dto.js';
import { TextSettings } from '../../text-settings.service.js';
import { BatchIntake } from '../batch-intake.service.js';
import type { AcceptedBatchDto } from './accepted-batch.dto.js';
import { presentAcceptedBatch } from './batch.presenter.js';

/** Batches that are left to the background, from every operation that takes some. */
@Injectable()
export class BackgroundBatches {
  constructor(
    private readonly settings: TextSettings,
    private readonly intake: BatchIntake,
    private readonly writes: Writes,
  ) {}

  /** Answers with the job once the batch is stored. @throws AppError as {@link receive}, and those of an Idempotency-Key */
  async accept(caller: Caller, body: BatchInputDto): Promise<AcceptedBatchDto> {
    const store = await this.receive(caller, body);
    return this.writes.run(caller, async (tx) => presentAcceptedBatch(caller.requestId, await store(tx)));
  }

  /**
   * Checks and prepares a batch; what it returns stores it.
   * @throws AppError of bad input, as an inline batch does
   */
  async receive(caller: Caller, body: BatchInputDto): Promise<(tx: Tx) => Promise<Job>> {
    const options = await this.settings.forProtection(caller, body);
    return this.intake.receive(caller, { documents: body.documents, options, sequential: !body.parallel });
  }
}
