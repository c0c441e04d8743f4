import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { DocumentReportsRepository } from './document-reports.repository.js';
import { ErasureCompletion } from './erasure-completion.service.js';
import { subjectOf } from './erasure-opener.service.js';
import { ErasureRuns } from './erasure-run.service.js';
import { ErasuresRepository } from './erasures.repository.js';

/** Looks into the documents of erasures that a start has done again otherwise: no start waits for files. */
@Injectable()
export class LeftSearches extends PeriodicWork {
  readonly name = 'erasures.documents';
  readonly everyMs = 2_000;

  constructor(
    private readonly reports: DocumentReportsRepository,
    private readonly erasures: ErasuresRepository,
    private readonly runs: ErasureRuns,
    private readonly completion: ErasureCompletion,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  /** One that fails keeps no other from its turn. @throws what the first of them failed with */
  async run(signal: AbortSignal): Promise<void> {
    const failures: unknown[] = [];
    for (const { id, organizationId } of await this.reports.listLeft(this.dataSource.manager)) {
      if (signal.aborted) return;
      await this.goOn(organizationId, id, signal).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  private async goOn(organizationId: string, id: string, signal: AbortSignal): Promise<void> {
    const row = await this.erasures.find(organizationId, id, this.dataSource.manager);
    if (!row) return;
    const by = { actor: { type: 'system', id: 'ledger' }, requestId: id } as const;
    await this.runs.searchDocuments({ id, organizationId, subject: subjectOf(row) }, by, signal);
    await this.unitOfWork.run((tx) => this.completion.complete(organizationId, id, by, tx));
  }
}
