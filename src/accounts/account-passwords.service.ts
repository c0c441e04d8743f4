import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import { invalidField, platformError } from '../platform/errors/app-error.js';
import type { Caller } from '../platform/http/request-context.js';
import { AccountNews } from './account-news.service.js';
import { checkAccountPassword, familiarOf } from './account-password.policy.js';
import { accountError } from './accounts.errors.js';
import { type AccountRow, AccountsRepository } from './accounts.repository.js';
import { type Attempt, LoginAttempts } from './login-attempts.service.js';
import { currentTokenOf, LoginTokens } from './login-tokens.service.js';
import type { PasswordTurn } from './password-desk.service.js';
import { ensureOwnAccount, type ProfileChange } from './profiles.service.js';
import { UserHomes } from './user-homes.service.js';

/** A change of password whose slow part is done. */
export interface PreparedPassword {
  readonly passwordHash: string;
  /** What was there: it must not have changed meanwhile. */
  readonly checkedHash: string | null;
  readonly attempt: Attempt | undefined;
}

const CURRENT = { field: 'current_password', constraint: 'invalid' };

/** Passwords that people change themselves. */
@Injectable()
export class AccountPasswords {
  constructor(
    private readonly repository: AccountsRepository,
    private readonly homes: UserHomes,
    private readonly attempts: LoginAttempts,
    private readonly tokens: LoginTokens,
    private readonly news: AccountNews,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * The slow part. Who guesses the current password is delayed like who guesses at the login.
   * @throws AppError INVALID_CURRENT_PASSWORD, RATE_LIMIT_EXCEEDED, VALIDATION_ERROR, SCOPE_NOT_HELD
   */
  async prepare(
    caller: Caller,
    { current, next }: { readonly current: string | undefined; readonly next: string },
    turn: PasswordTurn,
  ): Promise<PreparedPassword> {
    ensureOwnAccount(caller);
    const { manager } = this.dataSource;
    const row = await this.repository.find(caller.principal.userId, manager);
    if (!row) throw platformError('NOT_FOUND');
    checkAccountPassword('new_password', next, familiarOf(await this.homes.personal(row, manager)));
    const attempt = await this.confirm(caller, row, current, turn);
    return { passwordHash: await turn.hash(next), checkedHash: row.passwordHash, attempt };
  }

  /**
   * That whoever changes the address by which the account can be got into knows its password; nothing for other changes.
   * @throws AppError what {@link confirm} throws
   */
  async confirmFor(
    caller: Caller,
    { email }: ProfileChange,
    current: string | undefined,
    turn: PasswordTurn,
  ): Promise<Attempt | undefined> {
    if (email === undefined) return undefined;
    ensureOwnAccount(caller);
    const row = await this.repository.find(caller.principal.userId, this.dataSource.manager);
    if (!row) throw platformError('NOT_FOUND');
    return this.confirm(caller, row, current, turn);
  }

  /** Takes back what a confirmed attempt had counted. */
  async forgive(attempt: Attempt | undefined, tx: Tx): Promise<void> {
    if (attempt) await this.attempts.forgive(attempt, tx);
  }

  /**
   * That whoever asks knows the current password; nothing where the account has none.
   * @throws AppError INVALID_CURRENT_PASSWORD, RATE_LIMIT_EXCEEDED, VALIDATION_ERROR when it is not given
   */
  async confirm(
    caller: Caller,
    { id, passwordHash }: AccountRow,
    current: string | undefined,
    turn: PasswordTurn,
  ): Promise<Attempt | undefined> {
    if (passwordHash === null) return undefined;
    if (current === undefined)
      throw invalidField(
        'current_password',
        'required',
        "Send the account's password as 'current_password'.",
      );
    const attempt = await this.attempts.take(Buffer.from(id), caller.clientAddress);
    if (!(await turn.verify(passwordHash, current)))
      throw accountError('INVALID_CURRENT_PASSWORD', { details: CURRENT });
    return attempt;
  }

  /**
   * Sets it, and ends every login but the one that asks.
   * @throws AppError INVALID_CURRENT_PASSWORD when the password has changed since it was checked
   */
  async change(
    caller: Caller,
    { passwordHash, checkedHash, attempt }: PreparedPassword,
    tx: Tx,
  ): Promise<void> {
    const { userId } = caller.principal;
    const row = await this.repository.lock(userId, tx);
    if (row?.passwordHash !== checkedHash)
      throw accountError('INVALID_CURRENT_PASSWORD', { details: CURRENT });
    await this.repository.setPassword(userId, passwordHash, tx);
    await this.forgive(attempt, tx);
    const ended = await this.tokens.revokeOthers(userId, currentTokenOf(caller), tx);
    const counts = { tokens_ended: ended };
    await this.news.tell(caller, 'user.password_changed', { type: 'user', id: userId }, tx, { counts });
  }
}
