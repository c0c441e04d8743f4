import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { OutsideAccess, type OutsideGrant } from '../../platform/http/outside-access.js';
import type { Principal } from '../../platform/http/principal.js';
import type { Owned } from '../../platform/http/tenant-directory.js';
import { ProjectSharesRepository } from './project-shares.repository.js';

/**
 * What a share opens: its project, and nothing beside it. A member may have more by it in that project than they have in the
 * organization; an API key stays in its own organization all the same.
 */
@Injectable()
export class SharedProjectAccess extends OutsideAccess {
  constructor(private readonly shares: ProjectSharesRepository) {
    super();
  }

  async find(
    { credential, memberships, userId }: Principal,
    { organizationId, projectId }: Owned,
    db: Tx,
  ): Promise<OutsideGrant | undefined> {
    if (projectId === undefined) return undefined;
    const isOwn = memberships.some((membership) => membership.organizationId === organizationId);
    if (credential.kind === 'api_key' && !isOwn) return undefined;
    const role = await this.shares.findRole({ organizationId, projectId }, userId, db);
    return role && { role, onlyProjectId: projectId };
  }
}
