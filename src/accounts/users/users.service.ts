import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { invalidField, platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import { ManagedUsersRepository } from './managed-users.repository.js';
import type { UserFilter } from './user.js';
import type { UserCard } from './user-card.js';
import { UserDirectory } from './user-directory.service.js';

/** Users that are opened at once where all of them are gone through. */
const STRIDE = 100;

/** The users of the instance, for those who administer it. */
@Injectable()
export class UsersService {
  constructor(
    private readonly repository: ManagedUsersRepository,
    private readonly directory: UserDirectory,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getUser(id: string, db: Tx = this.dataSource.manager): Promise<UserCard> {
    const user = (await this.repository.exists(id, db)) ? await this.open([id], db) : [];
    if (!user[0]) throw platformError('NOT_FOUND');
    return user[0];
  }

  async listUsers(filter: UserFilter, listing: Listing): Promise<Listed<UserCard>> {
    const db = this.dataSource.manager;
    const { rows, ...rest } = await this.repository.list(filter, listing, db);
    return { ...rest, rows: await this.open(rows, db) };
  }

  /**
   * Users with a text in one of their names or in their e-mail address, in whatever case. All that is sealed, so all users
   * are gone through, some at a time.
   * @throws AppError VALIDATION_ERROR for a cursor
   */
  async searchUsers(text: string, filter: UserFilter, listing: Listing): Promise<Listed<UserCard>> {
    if (listing.after)
      throw invalidField('cursor', 'exclusive', "A search is paged by 'page'. Send it without 'cursor'.");
    const wanted = text.normalize('NFC').toLowerCase();
    const has = (part: string | null): boolean =>
      part?.normalize('NFC').toLowerCase().includes(wanted) ?? false;
    const found: UserCard[] = [];
    for await (const users of this.walk(filter, listing))
      found.push(
        ...users.filter(({ fullName, email, username }) => has(fullName) || has(email) || has(username)),
      );
    const { offset, size } = listing.page;
    return { rows: found.slice(offset, offset + size), total: found.length, next: undefined };
  }

  private async *walk(filter: UserFilter, { sort, order }: Listing): AsyncGenerator<UserCard[]> {
    const db = this.dataSource.manager;
    const page = { number: 1, size: STRIDE, offset: 0 };
    let after: Listing['after'];
    do {
      const { rows, next } = await this.repository.list(filter, { page, sort, order, after }, db);
      yield await this.open(rows, db);
      after = next;
    } while (after);
  }

  private async open(ids: readonly string[], db: Tx): Promise<UserCard[]> {
    const cards = await this.directory.find(ids, db);
    return ids.flatMap((id) => cards.get(id) ?? []);
  }
}
