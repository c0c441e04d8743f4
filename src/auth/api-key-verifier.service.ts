import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../platform/http/principal.js';
import { SANDBOX_PLAN } from '../platform/limits/plans.js';
import { hasValidChecksum, SCOPES } from './api-key.js';
import { type CredentialVerifier, refusedCredential } from './credential-verifier.js';
import { type CredentialRow, CredentialsRepository } from './credentials.repository.js';
import { KeyUsesService } from './key-uses.service.js';
import { SecretLookUps } from './secret-look-ups.js';

@Injectable()
export class ApiKeyVerifier implements CredentialVerifier {
  private readonly keys = new SecretLookUps<CredentialRow>((hashes) =>
    this.repository.find(hashes, this.dataSource.manager),
  );

  constructor(
    private readonly repository: CredentialsRepository,
    private readonly uses: KeyUsesService,
    private readonly dataSource: DataSource,
  ) {}

  async verify(secret: string): Promise<Principal> {
    const row = await this.keys.find(secret);
    if (!row) throw refusedCredential(unknownKey(secret));
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
