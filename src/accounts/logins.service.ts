import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import { AccountNews, type KnownUser } from './account-news.service.js';
import type { AccountOrigin } from './account-origin.js';
import { accountError } from './accounts.errors.js';
import { AccountsRepository } from './accounts.repository.js';
import { type Attempt, LoginAttempts } from './login-attempts.service.js';
import { type IssuedToken, LoginTokens } from './login-tokens.service.js';
import type { PasswordTurn } from './password-desk.service.js';
import { DECOY, isOutdated } from './password-hash.js';
import { UserLookups } from './users/user-lookups.service.js';

/** What somebody logs in with. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** A login whose slow part is done. */
export interface CheckedLogin {
  readonly id: string;
  readonly organizationId: string;
  readonly attempt: Attempt;
  readonly passwordSet: string | null;
  /** In place of a hash of another cost. */
  readonly newHash: string | undefined;
}

/** A login that failed, and for whose account, if there is one. */
export interface FailedLogin {
  readonly failed: KnownUser | undefined;
}

/**
 * Logging in. An unknown account and a wrong password take the same way: one count, one look, one hash of the same cost, one
 * entry in an audit log, so that neither answer nor time tells them apart.
 */
@Injectable()
export class LoginsService {
  constructor(
    private readonly repository: AccountsRepository,
    private readonly lookups: UserLookups,
    private readonly attempts: LoginAttempts,
    private readonly tokens: LoginTokens,
    private readonly news: AccountNews,
    private readonly dataSource: DataSource,
  ) {}

  /** The slow part. @throws AppError RATE_LIMIT_EXCEEDED, ACCOUNT_DISABLED after the right password alone */
  async check(
    { email, password }: Credentials,
    origin: AccountOrigin,
    turn: PasswordTurn,
  ): Promise<CheckedLogin | FailedLogin> {
    const lookup = await this.lookups.email(email);
    const attempt = await this.attempts.take(lookup, origin.clientAddress);
    const row = await this.repository.findForLogin(lookup, this.dataSource.manager);
    const { id, organizationId, passwordHash, disabled, passwordSet } = row;
    const isRight = await turn.verify(passwordHash ?? DECOY, password);
    const known = id !== null && organizationId !== null ? { id, organizationId } : undefined;
    if (!known || passwordHash === null || !isRight) return { failed: known };
    if (disabled) throw accountError('ACCOUNT_DISABLED');
    const newHash = isOutdated(passwordHash) ? await turn.hash(password) : undefined;
    return { ...known, attempt, passwordSet, newHash };
  }

  /** Gives a token. @throws AppError INVALID_CREDENTIALS when the account changed since it was checked */
  async start(login: CheckedLogin, origin: AccountOrigin, tx: Tx): Promise<IssuedToken> {
    const { id, attempt, passwordSet, newHash } = login;
    if (!(await this.repository.noteLogin(id, passwordSet, newHash, tx)))
      throw accountError('INVALID_CREDENTIALS');
    await this.attempts.forgive(attempt, tx);
    const issued = await this.tokens.issue(id, origin.userAgent, tx);
    await this.news.tellOf(login, origin, 'user.logged_in', { type: 'login_token', id: issued.id }, tx);
    return issued;
  }
}
