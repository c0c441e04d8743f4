import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-http-bearer';
import { platformError } from '../platform/errors/app-error.js';
import { Authenticator } from '../platform/http/access.guard.js';
import type { Principal } from '../platform/http/principal.js';
import { ApiKeyVerifier } from './api-key-verifier.service.js';
import { authError } from './auth.errors.js';
import { isLoginToken } from './login-token.js';
import { LoginTokenVerifier } from './login-token-verifier.service.js';
import { isAllowedFrom } from './network-list.js';

/** What passport adds to a strategy for one request. */
interface PassportRun {
  success(principal: Principal): void;
  fail(challenge: string | number): void;
  error(error: unknown): void;
}

/**
 * Credentials by passport-http-bearer. The strategy sees the Authorization header alone, so that a key in a query or
 * body is never accepted; `Token <secret>` counts as `Bearer <secret>`.
 */
@Injectable()
export class BearerAuthenticator extends Authenticator {
  private readonly strategy = new Strategy((secret, done) => {
    const verifier = isLoginToken(secret) ? this.loginTokens : this.apiKeys;
    verifier.verify(secret).then(
      (principal) => done(null, principal),
      (error: unknown) => done(error),
    );
  });

  constructor(
    private readonly loginTokens: LoginTokenVerifier,
    private readonly apiKeys: ApiKeyVerifier,
  ) {
    super();
  }

  async authenticate({ headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>): Promise<Principal> {
    const header = headers.authorization
      ?.trim()
      .replace(/^token\s+/i, 'Bearer ')
      .replace(/\s+/g, ' ');
    const principal = await new Promise<Principal>((resolve, reject) => {
      const outcome: PassportRun = {
        success: resolve,
        fail: () => reject(platformError('UNAUTHENTICATED')),
        error: reject,
      };
      const run: Strategy = Object.assign(Object.create(this.strategy), outcome);
      run.authenticate({ headers: header ? { authorization: header } : {} });
    });
    if (!isAllowedFrom(principal.allowedNetworks ?? [], ip)) throw authError('NETWORK_NOT_ALLOWED');
    return principal;
  }
}
