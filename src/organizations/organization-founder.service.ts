import { Injectable } from '@nestjs/common';
import { KeySetUp } from '../crypto/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/http/ids.js';
import type { OrganizationRole } from '../platform/http/permission.js';
import { MembershipsRepository } from './members/memberships.repository.js';
import { OrganizationsRepository } from './organizations.repository.js';

/** Makes organizations, and lets people in; who may, and telling of it, is for those to see to who ask. */
@Injectable()
export class OrganizationFounder {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly keys: KeySetUp,
  ) {}

  /** An organization with its keys, and without anybody in it. @returns its id */
  async found(name: string, tx: Tx): Promise<string> {
    const id = newId('org');
    await this.organizations.insert({ id, name }, tx);
    await this.keys.createOrganizationKeys(id, tx);
    return id;
  }

  /**
   * @returns false when they belong there already
   * @throws AppError NOT_FOUND when the organization was deleted meanwhile
   */
  async admit(organizationId: string, userId: string, role: OrganizationRole, tx: Tx): Promise<boolean> {
    if (!(await this.memberships.insert(organizationId, userId, role, tx))) return false;
    await this.organizations.adjustCounts(organizationId, { members: 1 }, tx);
    return true;
  }

  /** Counts a project that an organization begins with. */
  countProject(organizationId: string, tx: Tx): Promise<void> {
    return this.organizations.adjustCounts(organizationId, { projects: 1 }, tx);
  }
}
