import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ensureHeld } from '../auth/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Caller } from '../platform/http/request-context.js';
import { AccountIdentities } from './account-identities.service.js';
import { AccountNews } from './account-news.service.js';
import { type AccountRow, AccountsRepository } from './accounts.repository.js';
import { UserHomes } from './user-homes.service.js';
import type { PersonalData, UserCard } from './users/user-card.js';
import { UserDirectory } from './users/user-directory.service.js';

/** What somebody may change of themselves; absent fields stay as they are. */
export interface ProfileChange {
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  /** The home that is to be. */
  readonly organizationId?: string | undefined;
}

/** What people say of themselves. */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly directory: UserDirectory,
    private readonly repository: AccountsRepository,
    private readonly identities: AccountIdentities,
    private readonly homes: UserHomes,
    private readonly news: AccountNews,
    private readonly dataSource: DataSource,
  ) {}

  getProfile({ principal }: Caller): Promise<UserCard> {
    return this.getCard(principal.userId, this.dataSource.manager);
  }

  /** @throws AppError NOT_FOUND */
  async getCard(userId: string, db: Tx): Promise<UserCard> {
    const card = (await this.directory.find([userId], db)).get(userId);
    if (!card) throw platformError('NOT_FOUND');
    return card;
  }

  /**
   * Changes names, e-mail or home. Whatever changes is sealed anew, under the home that is.
   * @throws AppError EMAIL_TAKEN, USERNAME_TAKEN, SCOPE_NOT_HELD, NOT_FOUND for a home that the user does not belong to
   */
  async updateProfile(caller: Caller, change: ProfileChange, tx: Tx): Promise<UserCard> {
    const { userId } = caller.principal;
    ensureOwnAccount(caller);
    const row = await this.repository.lock(userId, tx);
    if (!row) throw platformError('NOT_FOUND');
    const { organizationId, ...identity } = change;
    if (organizationId !== undefined) await this.moveHome(row, organizationId, tx);
    if (Object.values(identity).some((value) => value !== undefined))
      await this.updateIdentity(userId, identity, tx);
    const changed = Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    const details = { changed: changed.sort().join(' ') };
    await this.news.tell(caller, 'user.updated', { type: 'user', id: userId }, tx, { details });
    return this.getCard(userId, tx);
  }

  private async moveHome({ id, organizationId }: AccountRow, wanted: string, tx: Tx): Promise<void> {
    if (wanted === organizationId) return;
    if (!(await this.repository.holdMembership(id, wanted, tx))) throw platformError('NOT_FOUND');
    await this.homes.move(id, wanted, tx);
  }

  private async updateIdentity(userId: string, change: ProfileChange, tx: Tx): Promise<void> {
    const row = await this.repository.lock(userId, tx);
    if (!row) throw platformError('NOT_FOUND');
    const person = personOf(await this.homes.personal(row, tx), change);
    const lookups = await this.identities.lookupsOf(person);
    await this.identities.ensureFree(lookups, userId, tx);
    await this.repository.setIdentity(row, await this.identities.seal(row, person, lookups, tx), tx);
  }
}

/**
 * Who changes how an account is got into gives all that it can do: no narrower credential may, and no key of a sandbox.
 * @throws AppError SCOPE_NOT_HELD, PERMISSION_DENIED
 */
export function ensureOwnAccount({ principal }: Caller): void {
  if (principal.mode === 'sandbox')
    throw platformError('PERMISSION_DENIED', {
      message: 'A sandbox has no accounts. Use a key that is not for one.',
    });
  ensureHeld(principal, ['*']);
}

function personOf({ email, profile }: PersonalData, change: ProfileChange): PersonalData {
  return {
    email: change.email?.trim() ?? email,
    profile: {
      ...profile,
      username: change.username ?? profile.username,
      firstName: change.firstName?.trim() ?? profile.firstName,
      lastName: change.lastName?.trim() ?? profile.lastName,
    },
  };
}
