import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { ErasureCompletion } from './erasure-completion.service.js';
import type { LedgerEntry } from './erasure-ledger.service.js';
import { columnsOf } from './erasure-opener.service.js';
import { ErasureRuns } from './erasure-run.service.js';
import { ErasuresRepository } from './erasures.repository.js';

/** Does again what the ledger has and the database does not know: it was restored from an older copy. */
@Injectable()
export class ErasureReapplication {
  constructor(
    private readonly repository: ErasuresRepository,
    private readonly runs: ErasureRuns,
    private readonly completion: ErasureCompletion,
    private readonly unitOfWork: UnitOfWork,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @returns how many were done again: none of organizations that are gone with all that was in them */
  async run(entries: readonly LedgerEntry[], signal: AbortSignal): Promise<number> {
    let count = 0;
    for (const entry of entries) if (await this.reapply(entry, signal)) count++;
    return count;
  }

  /** False where the organization is gone with all that was in it. */
  private async reapply(entry: LedgerEntry, signal: AbortSignal): Promise<boolean> {
    const { id, organizationId, subject, createdAt } = entry;
    if ('isOrganization' in subject) {
      await this.runs.endOrganization(organizationId, signal);
      return true;
    }
    const added = { id, organizationId, createdAt, status: 'running', reasonSealed: null } as const;
    const row = await this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.findTenant(organizationId, tx))) return undefined;
      await this.repository.insert(
        { ...added, ...columnsOf(subject), requestedBy: null, reappliedAt: new Date() },
        tx,
      );
      await this.repository.noteHeldProjects(organizationId, id, tx);
      return this.repository.find(organizationId, id, tx);
    });
    if (!row) return false;
    const erasure = { id, organizationId, subject };
    await this.runs.destroy(erasure, signal);
    const by = { actor: { type: 'system', id: 'ledger' }, requestId: id } as const;
    if (await this.runs.prepareDocuments(erasure, row.reappliedAt !== null, by, signal)) {
      await this.unitOfWork.run((tx) => this.repository.setStatus(organizationId, id, 'running', null, tx));
      return true;
    }
    await this.unitOfWork.run((tx) => this.completion.complete(organizationId, id, by, tx));
    this.logger.warn({ message: 'an erasure was done again in a restored database', erasure_id: id });
    return true;
  }
}
