import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../accounts/index.js';
import { ApiKeysRepository } from '../auth/index.js';
import { ProjectKeys } from '../crypto/index.js';
import { OrganizationFounder } from '../organizations/index.js';
import { AuditWriter, Sealer } from '../platform/audit/audit.writer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/http/ids.js';
import { ProjectsRepository } from '../projects/index.js';

/** First administrators have no number of requests held against them. */
const ADMINISTRATOR_PLAN = 'unlimited';

/** Who owns the instance's administration. */
export interface Administrator {
  readonly id: string;
  readonly organizationId: string;
}

/** Keys and sealed fields of a new tenant. */
@Injectable()
export class TenantVault {
  constructor(
    private readonly sealer: Sealer,
    private readonly projectKeys: ProjectKeys,
  ) {}

  /** Seals the name of a new tenant's first user. */
  sealName(organizationId: string, userId: string, name: string, tx: Tx): Promise<Buffer> {
    const place = { organizationId, table: 'users', id: userId, version: 1 };
    return this.sealer.seal(place, Buffer.from(name), tx);
  }

  /** Gives every project that has no key pair one: a new tenant's first, and those of older versions. */
  addMissingProjectKeys(tx: Tx): Promise<void> {
    return this.projectKeys.addMissing(tx);
  }
}

/** The rows of a first start, each with its audit row. */
@Injectable()
export class TenantWriter {
  constructor(
    private readonly founder: OrganizationFounder,
    private readonly projects: ProjectsRepository,
    private readonly users: UsersRepository,
    private readonly apiKeys: ApiKeysRepository,
    private readonly vault: TenantVault,
    private readonly audit: AuditWriter,
  ) {}

  async create(tx: Tx): Promise<Administrator> {
    const organizationId = await this.founder.found('My organization', tx);
    const id = newId('user');
    const projectId = newId('proj');
    const nameSealed = await this.vault.sealName(organizationId, id, 'Administrator', tx);
    await this.users.insert({ id, organizationId, systemRole: 'admin', nameSealed }, tx);
    await this.founder.admit(organizationId, id, 'admin', tx);
    await this.projects.insert({ id: projectId, organizationId, name: 'Default', createdBy: id }, tx);
    await this.founder.countProject(organizationId, tx);
    await this.record(
      organizationId,
      'organization.created',
      { type: 'organization', id: organizationId },
      tx,
    );
    await this.record(organizationId, 'user.created', { type: 'user', id }, tx);
    await this.record(organizationId, 'project.created', { type: 'project', id: projectId }, tx);
    return { id, organizationId };
  }

  addMissingProjectKeys(tx: Tx): Promise<void> {
    return this.vault.addMissingProjectKeys(tx);
  }

  async addKey(owner: Administrator, key: { hash: Buffer; hint: string }, tx: Tx): Promise<void> {
    const id = newId('key');
    const row = {
      id,
      organizationId: owner.organizationId,
      userId: owner.id,
      defaultProjectId: await this.projects.findFirst(owner.organizationId, tx),
      name: "Administrator's key",
      scopes: ['*'],
      plan: ADMINISTRATOR_PLAN,
      expiresAt: null,
      ...key,
    };
    await this.apiKeys.insert(row, tx);
    await this.record(owner.organizationId, 'api_key.created', { type: 'api_key', id }, tx);
  }

  private record(
    organizationId: string,
    action: string,
    target: { type: string; id: string },
    tx: Tx,
  ): Promise<void> {
    const actor = { type: 'system', id: 'first-start' } as const;
    return this.audit.append({ organizationId, actor, action, target, requestId: 'first-start' }, tx);
  }
}
