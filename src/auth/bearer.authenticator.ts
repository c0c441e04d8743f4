import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-http-bearer';
import { DataSource } from 'typeorm';
import { Coalescer } from '../platform/database/coalescer.js';
import { platformError } from '../platform/errors/app-error.js';
import { Authenticator } from '../platform/http/access.guard.js';
import type { Principal } from '../platform/http/principal.js';
import { hashApiKey, hasValidChecksum, SCOPES, TEST_PREFIX } from './api-key.js';
import { authError } from './auth.errors.js';
import { type CredentialRow, CredentialsRepository } from './credentials.repository.js';
import { KeyUsesService } from './key-uses.service.js';
import { isAllowedFrom } from './network-list.js';

/** What passport adds to a strategy for one request. */
interface PassportRun {
  success(row: CredentialRow): void;
  fail(challenge: string | number): void;
  error(error: unknown): void;
}

/**
 * API keys by passport-http-bearer. The strategy sees the Authorization header alone, so that a key in a query or
 * body is never accepted; `Token <key>` counts as `Bearer <key>`. Every request reads the key's row anew (shared
 * with the requests of the same moment), so that a revocation holds from the next request on.
 */
@Injectable()
export class BearerAuthenticator extends Authenticator {
  private readonly strategy = new Strategy((token, done) => {
    this.verify(token).then(
      (row) => done(null, row),
      (error: unknown) => done(error),
    );
  });

  private readonly lookUps = new Coalescer<Buffer, CredentialRow | undefined>(async (hashes) => {
    const rows = await this.repository.find(hashes, this.dataSource.manager);
    const byHash = new Map(rows.map((row) => [row.hash.toString('latin1'), row]));
    return hashes.map((hash) => byHash.get(hash.toString('latin1')));
  });

  constructor(
    private readonly repository: CredentialsRepository,
    private readonly uses: KeyUsesService,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  async authenticate({ headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>): Promise<Principal> {
    const header = headers.authorization
      ?.trim()
      .replace(/^token\s+/i, 'Bearer ')
      .replace(/\s+/g, ' ');
    const row = await new Promise<CredentialRow>((resolve, reject) => {
      const outcome: PassportRun = {
        success: resolve,
        fail: () => reject(platformError('UNAUTHENTICATED')),
        error: reject,
      };
      const run: Strategy = Object.assign(Object.create(this.strategy), outcome);
      run.authenticate({ headers: header ? { authorization: header } : {} });
    });
    if (!isAllowedFrom(row.allowedNetworks, ip)) throw authError('NETWORK_NOT_ALLOWED');
    this.uses.note(row);
    return principalOf(row);
  }

  private async verify(token: string): Promise<CredentialRow> {
    if (token.startsWith(TEST_PREFIX))
      throw refused('sk_test_ keys belong to the sandbox, which this server does not have.');
    const hash = hashApiKey(token);
    const row = await this.lookUps.run(hash);
    if (!row || !timingSafeEqual(row.hash, hash)) throw refused(unknownKey(token));
    if (row.revoked) throw refused('This API key was revoked.');
    if (row.replaced) throw refused('This API key has a new secret since it was rotated.');
    if (row.expired) throw refused('This API key has expired.');
    if (row.disabled) throw refused('The user of this API key is disabled.');
    return row;
  }
}

const refused = (message: string) =>
  platformError('UNAUTHENTICATED', { message, details: { field: 'Authorization', constraint: 'invalid' } });

const unknownKey = (token: string): string =>
  token.startsWith('sk_live_') && !hasValidChecksum(token)
    ? 'This API key is not valid: its checksum does not match, so it was probably mistyped or cut off.'
    : 'This API key is not valid.';

const principalOf = (row: CredentialRow): Principal => ({
  userId: row.userId,
  organizationId: row.organizationId,
  defaultProjectId: row.defaultProjectId ?? undefined,
  systemRole: row.systemRole,
  mode: 'live',
  scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
  plan: row.plan,
  limits: row.limits ?? undefined,
  allowedNetworks: row.allowedNetworks,
  credential: { kind: 'api_key', id: row.id },
});
