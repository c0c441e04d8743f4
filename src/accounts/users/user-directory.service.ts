import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { UserCard } from './user-card.js';
import { type SealedCard, UserDirectoryRepository } from './user-directory.repository.js';
import { UserLookups } from './user-lookups.service.js';
import { UserVault } from './user-vault.service.js';

/** Who people are. Asks nobody whether they may know: callers do. */
@Injectable()
export class UserDirectory {
  constructor(
    private readonly repository: UserDirectoryRepository,
    private readonly lookups: UserLookups,
    private readonly vault: UserVault,
  ) {}

  /** By id; missing ones are left out. */
  async find(ids: readonly string[], db: Tx): Promise<Map<string, UserCard>> {
    const rows = ids.length > 0 ? await this.repository.find(ids, db) : [];
    const cards = new Map<string, UserCard>();
    for (const row of rows) cards.set(row.id, await this.open(row, db));
    return cards;
  }

  /** The one that KeyNest's clients know by a number. */
  async findByNumber(number: number, db: Tx): Promise<UserCard | undefined> {
    const row = await this.repository.findByNumber(number, db);
    return row && this.open(row, db);
  }

  /** The one with that e-mail address, in whatever case. */
  async findByEmail(email: string, db: Tx): Promise<UserCard | undefined> {
    const row = await this.repository.findByEmailLookup(await this.lookups.email(email), db);
    return row && this.open(row, db);
  }

  private async open(
    { nameSealed, emailSealed, profileSealed, ...row }: SealedCard,
    db: Tx,
  ): Promise<UserCard> {
    const sealed = { nameSealed, emailSealed, profileSealed };
    const { name, email, profile } = await this.vault.open(row, sealed, db);
    return {
      ...row,
      email,
      username: profile?.username || null,
      fullName: name || profile?.username || 'Unnamed',
      firstName: profile?.firstName ?? '',
      lastName: profile?.lastName ?? '',
      department: profile?.department ?? null,
    };
  }
}
