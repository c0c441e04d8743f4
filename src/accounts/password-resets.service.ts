import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LoginTokens as LoginTokenForm } from '../auth/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { sha256 } from '../platform/digest/sha256.js';
import { newId } from '../platform/http/ids.js';
import { AccountNews } from './account-news.service.js';
import type { AccountOrigin } from './account-origin.js';
import { checkAccountPassword, familiarOf } from './account-password.policy.js';
import { accountError } from './accounts.errors.js';
import { AccountsRepository } from './accounts.repository.js';
import { LoginTokens } from './login-tokens.service.js';
import { PasswordResetsRepository } from './password-resets.repository.js';
import { UserHomes } from './user-homes.service.js';

/** How long a token to set a new password works, in seconds. */
const LIFE_SECONDS = 3_600;

/** What lets somebody set a new password once. */
export interface IssuedReset {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: Date;
}

/** New passwords for those who have forgotten theirs. */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly resets: PasswordResetsRepository,
    private readonly accounts: AccountsRepository,
    private readonly homes: UserHomes,
    private readonly tokens: LoginTokens,
    private readonly news: AccountNews,
    private readonly dataSource: DataSource,
  ) {}

  /** A token for whoever is entitled to it: to be mailed, or handed over by an administrator. Tells nobody of it. */
  async issueFor(userId: string, tx: Tx, lifeSeconds = LIFE_SECONDS): Promise<IssuedReset> {
    const [id, token] = [newId('reset'), LoginTokenForm.generateLoginToken()];
    const expiresAt = await this.resets.insert({ id, userId, hash: sha256(token) }, lifeSeconds, tx);
    return { id, token, expiresAt };
  }

  /** What can be asked before the slow part. @throws AppError INVALID_RESET_TOKEN, VALIDATION_ERROR */
  async check(token: string, password: string): Promise<void> {
    const { manager } = this.dataSource;
    const userId = await this.resets.findUser(sha256(token), manager);
    const row = userId === undefined ? undefined : await this.accounts.find(userId, manager);
    if (!row || row.disabled) throw accountError('INVALID_RESET_TOKEN');
    checkAccountPassword('password', password, familiarOf(await this.homes.personal(row, manager)));
  }

  /** Sets the password and ends every login. @throws AppError INVALID_RESET_TOKEN when another came first */
  async redeem(token: string, passwordHash: string, origin: AccountOrigin, tx: Tx): Promise<void> {
    const used = await this.resets.consume(sha256(token), tx);
    const row = used && (await this.accounts.lock(used.userId, tx));
    if (!row || row.disabled) throw accountError('INVALID_RESET_TOKEN');
    await this.accounts.setPassword(row.id, passwordHash, tx);
    await this.resets.closeAll(row.id, tx);
    const counts = { tokens_ended: await this.tokens.revokeOthers(row.id, undefined, tx) };
    await this.news.tellOf(row, origin, 'user.password_reset', { type: 'user', id: row.id }, tx, { counts });
  }
}
