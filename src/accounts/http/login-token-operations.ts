import { Injectable } from '@nestjs/common';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { LoginTokens } from '../login-tokens.service.js';
import { presentLoginToken } from './account.presenter.js';
import type { LoginTokenListDto, LoginTokenQuery } from './login-token.dto.js';

/** The operations on the tokens of somebody's logins. */
@Injectable()
export class LoginTokenOperations {
  constructor(
    private readonly tokens: LoginTokens,
    private readonly writes: Writes,
  ) {}

  async listTokens(caller: Caller, query: LoginTokenQuery): Promise<LoginTokenListDto> {
    const listing = listingOf(query);
    return listEnvelope(await this.tokens.list(caller, listing), listing, presentLoginToken);
  }

  async revokeToken(caller: Caller, id: string): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.tokens.revoke(caller, id, tx);
      return undefined;
    });
  }
}
