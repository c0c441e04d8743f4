import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../platform/http/principal.js';
import { type CredentialVerifier, refusedCredential } from './credential-verifier.js';
import { CredentialsRepository, type LoginTokenRow } from './credentials.repository.js';
import { KeyUsesService } from './key-uses.service.js';
import { SecretLookUps } from './secret-look-ups.js';

/** Plan of everybody who has logged in. */
const LOGIN_PLAN = 'keynest_user';

@Injectable()
export class LoginTokenVerifier implements CredentialVerifier {
  private readonly tokens = new SecretLookUps<LoginTokenRow>((hashes) =>
    this.repository.findTokens(hashes, this.dataSource.manager),
  );

  constructor(
    private readonly repository: CredentialsRepository,
    private readonly uses: KeyUsesService,
    private readonly dataSource: DataSource,
  ) {}

  async verify(secret: string): Promise<Principal> {
    const row = await this.tokens.find(secret);
    if (!row) throw refusedCredential('This login token is not valid.');
    if (row.revoked) throw refusedCredential('This login token was revoked. Log in again.');
    if (row.disabled) throw refusedCredential('The user of this login token is disabled.');
    this.uses.note({ id: row.id });
    return principalOf(row);
  }
}

/** At home where the user still belongs there, else where they belong first. */
const principalOf = ({ memberships, organizationId, userId, systemRole, id }: LoginTokenRow): Principal => {
  const home =
    memberships.find((membership) => membership.organizationId === organizationId) ?? memberships[0];
  return {
    userId,
    organizationId: home?.organizationId ?? organizationId,
    role: home?.role,
    memberships,
    defaultProjectId: undefined,
    systemRole,
    mode: 'live',
    scopes: ['*'],
    plan: LOGIN_PLAN,
    credential: { kind: 'user', id: userId, tokenId: id },
  };
};
