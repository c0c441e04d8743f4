import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LoginTokens as LoginTokenForm } from '../auth/index.js';
import { InstanceSealing } from '../crypto/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { sha256 } from '../platform/digest/sha256.js';
import { platformError } from '../platform/errors/app-error.js';
import { newId } from '../platform/http/ids.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import { AccountNews } from './account-news.service.js';
import { LoginTokensRepository } from './login-tokens.repository.js';

/** A login's token with its secret, as whoever logs in sees it once. */
export interface IssuedToken {
  readonly id: string;
  readonly token: string;
}

/** A login's token as its user sees it afterwards. */
export interface LoginToken {
  readonly id: string;
  /** What the client that logged in said it was. */
  readonly client: string | null;
  /** Whether the request that asks came with it. */
  readonly current: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The token a request came with; none when it came with an API key. */
export const currentTokenOf = ({ principal: { credential } }: Caller): string | undefined =>
  credential.kind === 'user' ? credential.tokenId : undefined;

const placeOf = (id: string) => ({ table: 'login_tokens', id, version: 1 });

/** Tokens of logins: any number at a time, each until it is revoked. */
@Injectable()
export class LoginTokens {
  constructor(
    private readonly repository: LoginTokensRepository,
    private readonly sealer: InstanceSealing.InstanceSealer,
    private readonly news: AccountNews,
    private readonly dataSource: DataSource,
  ) {}

  async issue(userId: string, userAgent: string | undefined, tx: Tx): Promise<IssuedToken> {
    const [id, token] = [newId('tok'), LoginTokenForm.generateLoginToken()];
    const clientSealed =
      userAgent === undefined ? null : await this.sealer.seal(placeOf(id), Buffer.from(userAgent), tx);
    await this.repository.insert({ id, userId, hash: sha256(token), clientSealed }, tx);
    return { id, token };
  }

  async list(caller: Caller, listing: Listing): Promise<Listed<LoginToken>> {
    const { manager } = this.dataSource;
    const { rows, ...page } = await this.repository.list(caller.principal.userId, listing, manager);
    const shown: LoginToken[] = [];
    for (const { clientSealed, ...row } of rows) {
      const client =
        clientSealed && (await this.sealer.open(placeOf(row.id), clientSealed, manager)).toString();
      shown.push({ ...row, client, current: row.id === currentTokenOf(caller) });
    }
    return { ...page, rows: shown };
  }

  /** Ends a token from the very next request on; again changes nothing. @throws AppError NOT_FOUND */
  async revoke(caller: Caller, id: string, tx: Tx): Promise<void> {
    const outcome = await this.repository.revoke(caller.principal.userId, id, tx);
    if (outcome === 'missing') throw platformError('NOT_FOUND');
    if (outcome === 'ended')
      await this.news.tell(caller, 'login_token.revoked', { type: 'login_token', id }, tx);
  }

  /** Ends one of a user's tokens, if it works. */
  async end(userId: string, id: string, tx: Tx): Promise<void> {
    await this.repository.revoke(userId, id, tx);
  }

  /** Ends all of a user's tokens but one; returns how many. */
  revokeOthers(userId: string, exceptId: string | undefined, tx: Tx): Promise<number> {
    return this.repository.revokeOthers(userId, exceptId, tx);
  }
}
