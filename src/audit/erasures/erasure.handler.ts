import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type TaskContext, type TaskEffect, TaskHandler } from '../../platform/queue/task-handler.js';
import { ERASURE, type ErasureInput } from './erasure.task.js';
import { ErasureCompletion } from './erasure-completion.service.js';
import { ErasureLedger } from './erasure-ledger.service.js';
import { subjectOf } from './erasure-opener.service.js';
import { ErasureRuns } from './erasure-run.service.js';
import { ErasuresRepository } from './erasures.repository.js';

/**
 * Carries an erasure out. The ledger has it before anything is destroyed: what is gone can then be kept from coming back, and
 * one that was refused never enters the ledger.
 */
@Injectable()
export class ErasureHandler extends TaskHandler<ErasureInput> {
  readonly definition = ERASURE;

  constructor(
    private readonly repository: ErasuresRepository,
    private readonly ledger: ErasureLedger,
    private readonly runs: ErasureRuns,
    private readonly completion: ErasureCompletion,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  async run({ task, job, input, signal, log }: TaskContext<ErasureInput>): Promise<TaskEffect> {
    const { organizationId } = task;
    const id = input.erasure_id;
    const row = await this.repository.find(organizationId, id, this.dataSource.manager);
    if (!row || row.status === 'completed') return async () => ({ itemsFailed: 0 });
    await this.unitOfWork.run(async (tx) => {
      await this.repository.setStatus(organizationId, id, 'running', null, tx);
      await this.repository.noteHeldProjects(organizationId, id, tx);
    });
    const subject = subjectOf(row);
    const tenant = await this.repository.findTenant(organizationId, this.dataSource.manager);
    if (tenant && !tenant.isSandbox) await this.ledger.enter({ ...row, subject });
    await log('info', 'ERASURE_BEGUN', 'The ledger has the erasure; it is carried out.');
    const erasure = { id, organizationId, subject };
    await this.runs.destroy(erasure, signal);
    const by = { actor: { type: 'user', id: job.createdBy }, requestId: job.id } as const;
    await this.runs.searchDocuments(erasure, by, signal);
    return async (tx) => {
      await this.completion.complete(organizationId, id, by, tx);
      return { itemsFailed: 0 };
    };
  }
}
