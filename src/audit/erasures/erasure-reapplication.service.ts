import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { ErasureCompletion } from './erasure-completion.service.js';
import { ErasureLedger, type LedgerEntry } from './erasure-ledger.service.js';
import { ErasureRuns } from './erasure-run.service.js';
import { ErasuresRepository } from './erasures.repository.js';

/** Does again what the ledger has and the database does not know: it was restored from an older copy. */
@Injectable()
export class ErasureReapplication {
  constructor(
    private readonly repository: ErasuresRepository,
    private readonly ledger: ErasureLedger,
    private readonly runs: ErasureRuns,
    private readonly completion: ErasureCompletion,
    private readonly unitOfWork: UnitOfWork,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * @returns how many were done again
   * @throws ForgedEntry before anything of that entry is done
   */
  async run(ids: readonly string[], signal: AbortSignal): Promise<number> {
    let count = 0;
    for (const id of ids) {
      const entry = await this.ledger.read(id);
      if (!entry) {
        this.logger.warn({ message: 'the ledger has an erasure of another installation', erasure_id: id });
        continue;
      }
      if (await this.reapply(entry, signal)) count++;
    }
    return count;
  }

  /** False where the organization is gone with all that was in it. */
  private async reapply(entry: LedgerEntry, signal: AbortSignal): Promise<boolean> {
    const { id, organizationId, subject, createdAt } = entry;
    const whom =
      'userId' in subject
        ? { ...subject, type: null, print: null }
        : { ...subject, userId: null, withAccount: false };
    const added = { id, organizationId, createdAt, status: 'running', reasonSealed: null } as const;
    const isThere = await this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.findTenant(organizationId, tx))) return false;
      await this.repository.insert({ ...added, ...whom, requestedBy: null, reappliedAt: new Date() }, tx);
      await this.repository.noteHeldProjects(organizationId, id, tx);
      return true;
    });
    if (!isThere) return false;
    await this.runs.destroy(entry, signal);
    const by = { actor: { type: 'system', id: 'ledger' }, requestId: id } as const;
    await this.unitOfWork.run((tx) => this.completion.complete(organizationId, id, by, tx));
    this.logger.warn({ message: 'an erasure was done again in a restored database', erasure_id: id });
    return true;
  }
}
