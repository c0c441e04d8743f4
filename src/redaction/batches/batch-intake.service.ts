import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { Job } from '../../platform/queue/job.js';
import { JobsWriter } from '../../platform/queue/jobs.writer.js';
import { newTask } from '../../platform/queue/task-definition.js';
import { policyDetails } from '../text.service.js';
import { BATCH_JOB, type BackgroundBatch } from './batch.js';
import { BATCH_CHUNK } from './batch-chunk.task.js';
import { BatchPreparation, type PreparedBatch } from './batch-preparation.service.js';
import { BatchRowsRepository } from './batch-rows.repository.js';
import { BatchesRepository } from './batches.repository.js';

/** Takes batches in, each in one transaction with the job that works on it. */
@Injectable()
export class BatchIntake {
  constructor(
    private readonly preparation: BatchPreparation,
    private readonly batches: BatchesRepository,
    private readonly rows: BatchRowsRepository,
    private readonly jobs: JobsWriter,
    private readonly audit: AuditWriter,
  ) {}

  /**
   * Does what takes long, and returns what stores the batch; its job begins once that transaction commits.
   * @throws AppError as {@link BatchPreparation.prepare}
   */
  async receive(caller: Caller, input: BackgroundBatch): Promise<(tx: Tx) => Promise<Job>> {
    const prepared = await this.preparation.prepare(caller, input);
    return async (tx) => {
      const job = await this.store(caller, input, prepared, tx);
      await this.record(caller, input, prepared, tx);
      return job;
    };
  }

  private async store(caller: Caller, input: BackgroundBatch, prepared: PreparedBatch, tx: Tx): Promise<Job> {
    const { batchId: id, organizationId, projectId, orderSealed, rows, chunks } = prepared;
    const reference = { batch_id: id };
    const tasks = chunks.map((items, chunk) => newTask(BATCH_CHUNK, { batch_id: id, chunk }, items));
    const { sequential } = input;
    const order = { type: BATCH_JOB, version: 1, projectId, reference, tasks, sequential };
    const job = await this.jobs.create(caller, order, tx);
    const owner = { organizationId, projectId, createdBy: caller.principal.userId };
    await this.batches.insert({ ...owner, id, jobId: job.id, orderSealed, documents: rows.length }, tx);
    await this.rows.insertDocuments(prepared, rows, tx);
    return job;
  }

  private async record(
    caller: Caller,
    { options }: BackgroundBatch,
    { batchId, projectId, rows }: PreparedBatch,
    tx: Tx,
  ): Promise<void> {
    const { details, ...entry } = auditOf(caller);
    await this.audit.append(
      {
        ...entry,
        projectId,
        action: 'batch.accepted',
        target: { type: 'batch', id: batchId },
        counts: { documents: rows.length },
        details: { ...details, method_used: options.method, ...policyDetails(options.policy) },
      },
      tx,
    );
  }
}
