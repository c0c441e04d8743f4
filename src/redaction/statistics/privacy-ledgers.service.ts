import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OwnKeys } from '../../crypto/index.js';
import { Sealer } from '../../platform/audit/audit.writer.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import { PrivacyBudgetsRepository } from './privacy-budgets.repository.js';

/** Where a project's releases are charged, and the key that their digests and their noise are made with. */
export interface PrivacyLedger {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly key: Buffer;
}

const placeOf = (organizationId: string, id: string) => ({
  organizationId,
  table: 'privacy_ledgers',
  id,
  version: 1,
});

@Injectable()
export class PrivacyLedgers {
  constructor(
    private readonly repository: PrivacyBudgetsRepository,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {}

  /** The ledger of a project of the organization, made now if it has none. @throws AppError NOT_FOUND */
  async open(organizationId: string, projectId: string): Promise<PrivacyLedger> {
    const known = await this.find(organizationId, projectId);
    if (known) return known;
    const id = newId('ledger');
    await this.unitOfWork.run(async (tx) => {
      const keySealed = await this.sealer.seal(placeOf(organizationId, id), OwnKeys.newKey(), tx);
      await this.repository.insertLedger({ id, organizationId, projectId, keySealed }, tx);
    });
    const made = await this.find(organizationId, projectId);
    if (!made) throw platformError('NOT_FOUND');
    return made;
  }

  private async find(organizationId: string, projectId: string): Promise<PrivacyLedger | undefined> {
    const { manager } = this.dataSource;
    const row = await this.repository.findLedger(organizationId, projectId, manager);
    if (!row) return undefined;
    const key = await this.sealer.open(placeOf(organizationId, row.id), row.keySealed, manager);
    return { id: row.id, organizationId, projectId, key };
  }
}
