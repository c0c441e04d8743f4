import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { JobsRepository } from '../../platform/queue/jobs.repository.js';
import type { BatchResult } from '../batch-documents.service.js';
import { type Batch, type BatchWithJob, batchOwnerOf } from './batch.js';
import { BatchSealer } from './batch.sealer.js';
import { BatchRowsRepository } from './batch-rows.repository.js';
import { BatchesRepository } from './batches.repository.js';

/** Asynchronous batches as those who sent them see them. */
@Injectable()
export class BatchesService {
  constructor(
    private readonly batches: BatchesRepository,
    private readonly rows: BatchRowsRepository,
    private readonly sealer: BatchSealer,
    private readonly jobs: JobsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND, for an expired batch too */
  async getBatch(caller: Caller, id: string): Promise<BatchWithJob> {
    const batch = await this.find(caller, id);
    const job = await this.jobs.get(batch.organizationId, batch.jobId, this.dataSource.manager);
    return { batch, job };
  }

  /**
   * A page of the results there are, in the order of the documents. Results are content: an administrator sees that a
   * batch is there, but reads only what the administrator's own user sent.
   * @throws AppError NOT_FOUND, PERMISSION_DENIED
   */
  async listResults(caller: Caller, id: string, listing: Listing): Promise<Listed<BatchResult>> {
    const { organizationId, createdBy } = await this.find(caller, id);
    if (createdBy !== caller.principal.userId) {
      throw platformError('PERMISSION_DENIED', {
        message: 'Results are content: only the user who sent the batch reads them.',
      });
    }
    const batch = { organizationId, batchId: id };
    const db = this.dataSource.manager;
    const { rows, ...listed } = await this.rows.listResults(batch, listing, db);
    const results: BatchResult[] = [];
    const slice = new TimeSlice();
    for (const { position, sealed } of rows) {
      results.push(await this.sealer.openResult(batch, position, sealed, db));
      await slice.pause();
    }
    return { ...listed, rows: results };
  }

  private async find(caller: Caller, id: string): Promise<Batch> {
    const batch = await this.batches.find(batchOwnerOf(caller), id, this.dataSource.manager);
    if (!batch) throw platformError('NOT_FOUND');
    return batch;
  }
}
