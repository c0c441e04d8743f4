import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ErasureLedger, type LedgerEntry } from './erasure-ledger.service.js';
import { ErasuresRepository } from './erasures.repository.js';

/** Ids that are asked for in one query. */
const AT_A_TIME = 1_000;

/** Tells which entries of the ledger a database has forgotten; cheap, since nearly always there are none. */
@Injectable()
export class ForgottenErasures {
  constructor(
    private readonly ledger: ErasureLedger,
    private readonly repository: ErasuresRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** Those that the database does not know at all, which only a restored one does not; the oldest first. @throws ForgedEntry */
  unknown(): Promise<LedgerEntry[]> {
    return this.list((status) => status === undefined);
  }

  /** Those too that it knows as under way: a copy may have been made while they were. @throws ForgedEntry */
  unfinished(): Promise<LedgerEntry[]> {
    return this.list((status) => status !== 'completed');
  }

  /** Without those of other installations, and of organizations that are not there or ended. */
  private async list(isWanted: (status: string | undefined) => boolean): Promise<LedgerEntry[]> {
    const db = this.dataSource.manager;
    const wanted: LedgerEntry[] = [];
    const ids = await this.ledger.ids();
    for (let from = 0; from < ids.length; from += AT_A_TIME) {
      const some = ids.slice(from, from + AT_A_TIME);
      const statuses = await this.repository.statuses(some, db);
      for (const id of some.filter((each) => isWanted(statuses.get(each)))) {
        const entry = await this.ledger.read(id);
        if (entry && (await this.repository.findTenant(entry.organizationId, db))) wanted.push(entry);
      }
    }
    return wanted.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  }
}
