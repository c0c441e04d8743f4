import { Injectable } from '@nestjs/common';
import { Homes } from '../accounts/index.js';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { newcomerEntry } from './newcomer-entry.js';
import { OrganizationFounder } from './organization-founder.service.js';
import { OrganizationsRepository } from './organizations.repository.js';

/** Organizations for those who register. */
@Injectable()
export class HomeOrganizationsService extends Homes.HomeOrganizations {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly founder: OrganizationFounder,
    private readonly audit: AuditWriter,
  ) {
    super();
  }

  async create(name: string, owner: Homes.HomeOwner, tx: Tx): Promise<Homes.HomeOrganization> {
    const id = await this.founder.found(name, tx);
    const target = { type: 'organization', id };
    await this.audit.append({ ...newcomerEntry(id, owner), action: 'organization.created', target }, tx);
    const made = await this.find(id, tx);
    if (!made) throw new Error('an organization that was just made cannot be read');
    return made;
  }

  async admitOwner(organizationId: string, { userId }: Homes.HomeOwner, tx: Tx): Promise<void> {
    await this.founder.admit(organizationId, userId, 'admin', tx);
  }

  async find(organizationId: string, db: Tx): Promise<Homes.HomeOrganization | undefined> {
    return (await this.organizations.findNames([organizationId], db)).get(organizationId);
  }
}
