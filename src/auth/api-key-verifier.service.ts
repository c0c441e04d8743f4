import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Coalescer } from '../platform/database/coalescer.js';
import type { Principal } from '../platform/http/principal.js';
import { SANDBOX_PLAN } from '../platform/limits/plans.js';
import { hashApiKey, hasValidChecksum, SCOPES } from './api-key.js';
import { type CredentialVerifier, refusedCredential } from './credential-verifier.js';
import { type CredentialRow, CredentialsRepository } from './credentials.repository.js';
import { KeyUsesService } from './key-uses.service.js';

@Injectable()
export class ApiKeyVerifier implements CredentialVerifier {
  private readonly lookUps = new Coalescer<Buffer, CredentialRow | undefined>(async (hashes) => {
    const rows = await this.repository.find(hashes, this.dataSource.manager);
    const byHash = new Map(rows.map((row) => [row.hash.toString('latin1'), row]));
    return hashes.map((hash) => byHash.get(hash.toString('latin1')));
  });

  constructor(
    private readonly repository: CredentialsRepository,
    private readonly uses: KeyUsesService,
    private readonly dataSource: DataSource,
  ) {}

  async verify(secret: string): Promise<Principal> {
    const hash = hashApiKey(secret);
    const row = await this.lookUps.run(hash);
    if (!row || !timingSafeEqual(row.hash, hash)) throw refusedCredential(unknownKey(secret));
    if (row.revoked) throw refusedCredential('This API key was revoked.');
    if (row.replaced) throw refusedCredential('This API key has a new secret since it was rotated.');
    if (row.expired) throw refusedCredential('This API key has expired.');
    if (row.disabled) throw refusedCredential('The user of this API key is disabled.');
    if (!row.role) throw refusedCredential("The user of this API key has left the key's organization.");
    if (!row.tenantId) throw refusedCredential('The sandbox of this API key is being made. Retry shortly.');
    this.uses.note(row);
    return principalOf(row, row.role);
  }
}

const unknownKey = (key: string): string =>
  /^sk_(?:live|test)_/.test(key) && !hasValidChecksum(key)
    ? 'This API key is not valid: its checksum does not match, so it was probably mistyped or cut off.'
    : 'This API key is not valid.';

const principalOf = (row: CredentialRow, role: NonNullable<CredentialRow['role']>): Principal => ({
  userId: row.userId,
  organizationId: row.tenantId,
  role,
  memberships: [{ organizationId: row.tenantId, role }],
  defaultProjectId: row.defaultProjectId ?? undefined,
  systemRole: row.sandbox && row.systemRole === 'admin' ? 'user' : row.systemRole,
  mode: row.sandbox ? 'sandbox' : 'live',
  sandboxOf: row.sandbox ? row.organizationId : undefined,
  scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
  plan: row.sandbox ? SANDBOX_PLAN : row.plan,
  limits: row.sandbox ? undefined : (row.limits ?? undefined),
  allowedNetworks: row.allowedNetworks,
  credential: { kind: 'api_key', id: row.id },
});
