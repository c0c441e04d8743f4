import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Job } from '../../platform/queue/job.js';
import { JobEnding } from '../../platform/queue/job-endings.js';
import { policyDetails } from '../text.service.js';
import { BATCH_JOB } from './batch.js';
import { BatchSealer } from './batch.sealer.js';
import { BatchesRepository } from './batches.repository.js';

/**
 * The audit row of a batch's end, with what became of its documents, and the time its results have to be fetched. A
 * job that is repeated ends again, and says so again.
 */
@Injectable()
export class BatchEnd extends JobEnding {
  readonly type = BATCH_JOB;

  constructor(
    private readonly batches: BatchesRepository,
    private readonly sealer: BatchSealer,
    private readonly audit: AuditWriter,
  ) {
    super();
  }

  async run({ organizationId, reference, status }: Job, tx: Tx): Promise<void> {
    const { batch_id: batchId = '' } = reference;
    const totals = await this.batches.markEnded(organizationId, batchId, tx);
    if (!totals) return;
    const { orderSealed, projectId, documents, completed, failed, counts } = totals;
    const { options, request } = await this.sealer.openOrder({ organizationId, batchId }, orderSealed, tx);
    await this.audit.append(
      {
        ...request,
        organizationId,
        projectId: projectId ?? undefined,
        action: 'batch.processed',
        target: { type: 'batch', id: batchId },
        counts: { ...counts, documents, completed, failed },
        details: {
          ...request.details,
          method_used: options.method,
          status,
          ...policyDetails(options.policy),
        },
      },
      tx,
    );
  }
}
