import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type AccountRow, AccountsRepository } from './accounts.repository.js';
import type { PersonalData, UserProfile } from './users/user-card.js';
import { UserVault } from './users/user-vault.service.js';

/** What an account is that has no e-mail and no names yet. */
const NOBODY: UserProfile = { username: '', firstName: '', lastName: '' };

/** What is sealed of people, which lies under the keys of their home. */
@Injectable()
export class UserHomes {
  constructor(
    private readonly repository: AccountsRepository,
    private readonly vault: UserVault,
  ) {}

  /** What of an account is sealed; empty where nothing is. */
  async personal(row: AccountRow, db: Tx): Promise<PersonalData> {
    const { email, profile } = await this.vault.open(row, row, db);
    return { email: email ?? '', profile: profile ?? NOBODY };
  }

  /**
   * Moves everybody who is at home in an organization to another one they belong to.
   * @returns how many belong to no other
   */
  async moveAll(organizationId: string, tx: Tx): Promise<number> {
    const people = await this.repository.listAtHome(organizationId, tx);
    for (const { id, other } of people) if (other) await this.move(id, other, tx);
    return people.filter(({ other }) => !other).length;
  }

  /**
   * Makes another organization somebody's home: what was sealed under the old one's keys is sealed under the new one's. Asks
   * nobody whether they belong there.
   */
  async move(userId: string, organizationId: string, tx: Tx): Promise<void> {
    const row = await this.repository.lock(userId, tx);
    if (!row || row.organizationId === organizationId) return;
    const sealed = await this.vault.move(row, { id: userId, organizationId }, row, tx);
    await this.repository.setHome({ id: userId, organizationId }, sealed, tx);
  }
}
