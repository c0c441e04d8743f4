import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UserDirectory } from '../accounts/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../platform/http/etag.js';
import type { Caller } from '../platform/http/request-context.js';
import { TenantErasure } from '../platform/tenants/tenant-erasure.js';
import { roleHere } from './here.js';
import { OrganizationContentsRegistry } from './organization-contents.js';
import { OrganizationNewsWriter } from './organization-news.service.js';
import { organizationError } from './organizations.errors.js';
import { OrganizationsRepository } from './organizations.repository.js';

/** The end of organizations. */
@Injectable()
export class OrganizationRemoval {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly contents: OrganizationContentsRegistry,
    private readonly erasure: TenantErasure,
    private readonly users: UserDirectory,
    private readonly news: OrganizationNewsWriter,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * The caller at home, in whose name an organization is deleted: what is kept of the request is sealed under keys that
   * outlast it.
   */
  async homeOf(caller: Caller): Promise<Caller> {
    const { userId } = caller.principal;
    const home = (await this.users.find([userId], this.dataSource.manager)).get(userId);
    const { organizationId = caller.principal.organizationId } = home ?? {};
    return { ...caller, principal: { ...caller.principal, organizationId } };
  }

  /**
   * Deletes an organization with everything in it: from the next request on it is not there for anybody, and what was sealed
   * for it opens nowhere.
   * @param home see {@link homeOf}
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, ORGANIZATION_IN_USE, and what a feature refuses, such as LEGAL_HOLD
   */
  async deleteOrganization(
    { caller, home }: { readonly caller: Caller; readonly home: Caller },
    id: string,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<void> {
    roleHere(caller.principal, id);
    await this.contents.assertErasable(id, tx);
    const row = await this.organizations.lock(id, tx);
    if (!row) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, row.version);
    if (await this.erasure.isHome(id, tx)) throw organizationError('ORGANIZATION_IN_USE');
    const news = { action: 'organization.deleted', target: { type: 'organization', id } } as const;
    for (const organizationId of [id, home.principal.organizationId])
      await this.news.tell(home, { organizationId, ...news }, tx);
    await this.erasure.begin(id, tx);
  }
}
