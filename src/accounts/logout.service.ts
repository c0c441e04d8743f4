import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import { hasScope } from '../platform/http/principal.js';
import type { Caller } from '../platform/http/request-context.js';
import { AccountNews } from './account-news.service.js';
import { accountError } from './accounts.errors.js';
import { currentTokenOf, LoginTokens } from './login-tokens.service.js';

/** Ending logins. Those who wait to be admitted may too. */
@Injectable()
export class LogoutService {
  constructor(
    private readonly tokens: LoginTokens,
    private readonly news: AccountNews,
  ) {}

  /**
   * Ends the token that asks, or all of its user's, from the very next request on.
   * @throws AppError NOT_LOGGED_IN for a key that ends no other logins, PERMISSION_DENIED for one without `auth:write`
   */
  async logout(caller: Caller, everywhere: boolean, tx: Tx): Promise<void> {
    const { principal } = caller;
    const current = currentTokenOf(caller);
    if (!hasScope(principal, 'auth:write') || principal.mode === 'sandbox')
      throw platformError('PERMISSION_DENIED');
    if (everywhere) await this.tokens.revokeOthers(principal.userId, undefined, tx);
    else if (current) await this.tokens.end(principal.userId, current, tx);
    else throw accountError('NOT_LOGGED_IN', { details: { field: 'everywhere', constraint: 'required' } });
    const target = current ? { type: 'login_token', id: current } : { type: 'user', id: principal.userId };
    await this.news.tell(caller, 'user.logged_out', target, tx, { details: { everywhere } });
  }
}
