import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { ErasureLedger } from './erasure-ledger.service.js';
import { ErasuresRepository } from './erasures.repository.js';

/**
 * Enters organizations that have ended into the ledger. Their rows stay as tombstones, so that what is missing there is told by
 * comparing; their keys are gone, and a restored database has them again.
 */
@Injectable()
export class EndedOrganizations extends PeriodicWork {
  readonly name = 'erasures.organizations';
  readonly everyMs = 5_000;
  private entered: Set<string> | undefined;

  constructor(
    private readonly repository: ErasuresRepository,
    private readonly ledger: ErasureLedger,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  async run(signal: AbortSignal): Promise<void> {
    this.entered ??= new Set(await this.ledger.ids());
    for (const { id, deletedAt } of await this.repository.endedOrganizations(this.dataSource.manager)) {
      if (signal.aborted) return;
      if (this.entered.has(id)) continue;
      await this.ledger.enter({
        id,
        organizationId: id,
        subject: { isOrganization: true },
        createdAt: deletedAt,
      });
      this.entered.add(id);
    }
  }
}
