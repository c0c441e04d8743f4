import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { KnownUser } from './account-news.service.js';
import { accountError } from './accounts.errors.js';
import { AccountsRepository, type SealedIdentity } from './accounts.repository.js';
import type { PersonalData } from './users/user-card.js';
import { UserLookups } from './users/user-lookups.service.js';
import { UserVault } from './users/user-vault.service.js';

/** By what somebody is found. */
export type IdentityLookups = Pick<SealedIdentity, 'emailLookup' | 'usernameLookup'>;

/** Names and addresses of accounts: sealed at home, unique everywhere. */
@Injectable()
export class AccountIdentities {
  constructor(
    private readonly repository: AccountsRepository,
    private readonly lookups: UserLookups,
    private readonly vault: UserVault,
  ) {}

  async lookupsOf({ email, profile }: PersonalData): Promise<IdentityLookups> {
    return {
      emailLookup: email === '' ? null : await this.lookups.email(email),
      usernameLookup: profile.username === '' ? null : await this.lookups.username(profile.username),
    };
  }

  /** @throws AppError EMAIL_TAKEN, USERNAME_TAKEN */
  async ensureFree(lookups: IdentityLookups, exceptId: string | undefined, db: Tx): Promise<void> {
    const taken = await this.repository.taken(lookups, exceptId, db);
    if (taken.email) throw accountError('EMAIL_TAKEN', { details: { field: 'email', constraint: 'unique' } });
    if (taken.username)
      throw accountError('USERNAME_TAKEN', { details: { field: 'username', constraint: 'unique' } });
  }

  /** Sealed for the user's home. */
  async seal(
    user: KnownUser,
    person: PersonalData,
    lookups: IdentityLookups,
    tx: Tx,
  ): Promise<SealedIdentity> {
    return { ...(await this.vault.seal(user, person, tx)), ...lookups };
  }
}
