import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { JobControl } from '../../platform/queue/job-control.js';
import type { Batch } from './batch.js';
import { BatchRowsRepository } from './batch-rows.repository.js';
import { BatchesRepository } from './batches.repository.js';

/** Batches looked for at a time, and rows deleted in one transaction. */
const BATCHES = 100;
const ROWS = 500;

/** Erases batches whose time is over, in small pieces. */
@Injectable()
export class ExpiredBatches extends PeriodicWork {
  readonly name = 'batches.expire';
  readonly everyMs = 60_000;

  constructor(
    private readonly batches: BatchesRepository,
    private readonly rows: BatchRowsRepository,
    private readonly control: JobControl,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      const expired = await this.batches.listExpired(BATCHES, this.dataSource.manager);
      for (const batch of expired) await this.erase(batch, signal);
      if (expired.length < BATCHES || signal.aborted) return;
    }
  }

  private async erase(
    batch: Pick<Batch, 'id' | 'organizationId' | 'jobId'>,
    signal: AbortSignal,
  ): Promise<void> {
    const { id, organizationId, jobId } = batch;
    // Work that is still under way would end with nothing to put its results in.
    await this.unitOfWork.run((tx) => this.control.cancel({ organizationId, jobId }, tx));
    while (!signal.aborted) {
      const some = { organizationId, batchId: id };
      const deleted = await this.unitOfWork.run((tx) => this.rows.deleteSome(some, ROWS, tx));
      if (deleted > 0) continue;
      await this.unitOfWork.run((tx) => this.batches.delete(organizationId, id, tx));
      return;
    }
  }
}
