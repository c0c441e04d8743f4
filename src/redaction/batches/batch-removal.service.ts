import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { JobControl } from '../../platform/queue/job-control.js';
import { batchOwnerOf } from './batch.js';
import { BatchesRepository } from './batches.repository.js';

/** Erases batches whose owners want them gone before their time. */
@Injectable()
export class BatchRemoval {
  constructor(
    private readonly batches: BatchesRepository,
    private readonly control: JobControl,
    private readonly audit: AuditWriter,
  ) {}

  /** Cancels what is not done, and erases documents and results. @throws AppError NOT_FOUND */
  async deleteBatch(caller: Caller, id: string, tx: Tx): Promise<void> {
    const batch = await this.batches.find(batchOwnerOf(caller), id, tx);
    if (!batch) throw platformError('NOT_FOUND');
    const { organizationId, jobId, projectId, documents } = batch;
    // Afterwards no worker can finish a chunk of it any more.
    await this.control.cancel({ organizationId, jobId }, tx);
    if (!(await this.batches.delete(organizationId, id, tx))) throw platformError('NOT_FOUND');
    const target = { type: 'batch', id };
    const entry = { ...auditOf(caller), projectId: projectId ?? undefined, action: 'batch.deleted', target };
    await this.audit.append({ ...entry, counts: { documents } }, tx);
  }
}
