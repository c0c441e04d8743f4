import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OpenError } from '../../crypto/index.js';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ErasableContents, type ErasureRun } from '../../platform/erasure/erasable-contents.js';
import type { SoughtValue } from '../../platform/erasure/sought-value.js';
import type { TokenScope } from './project-tokens.js';
import { type SealedEntry, TokenEntrySealer } from './token-entry.sealer.js';
import { TokenScopes } from './token-scopes.service.js';
import { TokensRepository } from './tokens.repository.js';

/** Entries that are read at a time. */
const AT_A_TIME = 500;

/**
 * Tokens of all scopes whose value is the sought one or holds it, of whatever type they are. All entries are opened: which
 * scopes an older copy of the database has, and whose digests, nobody knows who erases in it again.
 */
@Injectable()
export class ErasableTokens extends ErasableContents {
  constructor(
    private readonly repository: TokensRepository,
    private readonly scopes: TokenScopes,
    private readonly sealer: TokenEntrySealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  override async eraseValue(value: SoughtValue, run: ErasureRun): Promise<void> {
    const { organizationId, signal } = run;
    const db = this.dataSource.manager;
    const slice = new TimeSlice();
    for (let after = ''; ; ) {
      const entries = await this.repository.listLive(organizationId, after, AT_A_TIME, db);
      for (const { scopeId, ...entry } of entries) {
        signal.throwIfAborted();
        const scope = { organizationId, scopeId };
        if (await this.holds(scope, entry, value)) await this.erase(scope, entry, run);
        await slice.pause();
      }
      const last = entries.at(-1);
      if (!last || entries.length < AT_A_TIME) return;
      after = last.id;
    }
  }

  private async holds(scope: TokenScope, entry: SealedEntry, value: SoughtValue): Promise<boolean> {
    try {
      const text = await this.sealer.open(scope, entry, this.dataSource.manager);
      return text !== undefined && (await value.passages(text)).length > 0;
    } catch (error) {
      // What was changed or moved in the database, nobody reads a value in.
      if (error instanceof OpenError) return false;
      throw error;
    }
  }

  private async erase(scope: TokenScope, { code }: SealedEntry, run: ErasureRun): Promise<void> {
    if (run.isRehearsal) return run.note('tokens', 1);
    await this.unitOfWork.run(async (tx) => {
      await this.scopes.lock(scope, 'UPDATE', tx);
      // Gone with another spelling, or by another erasure: a generation is raised once.
      const entry = await this.repository.findLive(scope, code, tx);
      if (entry) await run.note('tokens', await this.repository.erase(scope, entry.identity, tx), tx);
    });
  }
}
