import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../platform/http/etag.js';
import type { Caller } from '../platform/http/request-context.js';
import { roleHere } from './here.js';
import { MembershipsRepository } from './members/memberships.repository.js';
import {
  comparableName,
  type Organization,
  type OrganizationChange,
  type OrganizationSettings,
} from './organization.js';
import { OrganizationDescriptions } from './organization-descriptions.service.js';
import { OrganizationFounder } from './organization-founder.service.js';
import { OrganizationNewsWriter } from './organization-news.service.js';
import { organizationError } from './organizations.errors.js';
import { OrganizationsRepository } from './organizations.repository.js';

/** Making and changing organizations, each with its audit row. */
@Injectable()
export class OrganizationChangesService {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly descriptions: OrganizationDescriptions,
    private readonly founder: OrganizationFounder,
    private readonly news: OrganizationNewsWriter,
  ) {}

  /**
   * Makes an organization with keys of its own, and the caller its administrator.
   * @throws AppError ORGANIZATION_EXISTS
   */
  async createOrganization(
    caller: Caller,
    { name, description }: OrganizationSettings,
    tx: Tx,
  ): Promise<Organization> {
    const { userId } = caller.principal;
    await this.refuseTaken(userId, name, undefined, tx);
    const id = await this.founder.found(name, tx);
    await this.founder.admit(id, userId, 'admin', tx);
    const made = await this.locked(id, tx);
    const descriptionSealed = await this.descriptions.seal(id, description, tx);
    // Whoever sees a new organization first sees version 1.
    const row = { ...made, descriptionSealed, version: 1 };
    await this.organizations.update(row, tx);
    await this.tell(caller, id, 'created', tx);
    return this.descriptions.open(row, 'admin', tx);
  }

  /** @throws AppError NOT_FOUND, PRECONDITION_FAILED, ORGANIZATION_EXISTS */
  async changeOrganization(
    caller: Caller,
    id: string,
    change: OrganizationChange,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<Organization> {
    const role = roleHere(caller.principal, id);
    if (change.name !== undefined) await this.refuseTaken(caller.principal.userId, change.name, id, tx);
    const row = await this.locked(id, tx);
    assertMatch(ifMatch, row.version);
    const { name = row.name } = change;
    const descriptionSealed =
      change.description === undefined
        ? row.descriptionSealed
        : await this.descriptions.seal(id, change.description, tx);
    const changed = { ...row, name, descriptionSealed, version: row.version + 1, updatedAt: new Date() };
    await this.organizations.update(changed, tx);
    await this.tell(caller, id, 'updated', tx);
    return this.descriptions.open(changed, role, tx);
  }

  private async locked(id: string, tx: Tx) {
    const row = await this.organizations.lock(id, tx);
    if (!row) throw platformError('NOT_FOUND');
    return row;
  }

  /** Names tell somebody's organizations apart; two requests at once are looked at one after the other. */
  private async refuseTaken(userId: string, name: string, ownId: string | undefined, tx: Tx): Promise<void> {
    await this.memberships.lockNames(userId, tx);
    const names = await this.memberships.findNames(userId, tx);
    for (const [id, known] of names) {
      if (id === ownId || comparableName(known) !== comparableName(name)) continue;
      throw organizationError('ORGANIZATION_EXISTS', { details: { field: 'name', constraint: 'unique' } });
    }
  }

  private tell(caller: Caller, id: string, news: 'created' | 'updated', tx: Tx): Promise<void> {
    const target = { type: 'organization', id } as const;
    return this.news.tell(caller, { organizationId: id, action: `organization.${news}`, target }, tx);
  }
}
