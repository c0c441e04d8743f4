import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { OutsideAccess, type OutsideGrant } from '../../platform/http/outside-access.js';
import type { Principal } from '../../platform/http/principal.js';
import type { Owned } from '../../platform/http/tenant-directory.js';
import { BreakGlassRepository } from './break-glass.repository.js';

/** Lets an administrator of the instance read what they broke the glass of, for as long as it lasts. */
@Injectable()
export class BreakGlassAccess extends OutsideAccess {
  constructor(private readonly repository: BreakGlassRepository) {
    super();
  }

  async find({ systemRole, userId }: Principal, owned: Owned, db: Tx): Promise<OutsideGrant | undefined> {
    if (systemRole !== 'admin') return undefined;
    const { organizationId, projectId } = owned;
    const open = await this.repository.findOpen({ userId, organizationId, projectId }, db);
    return open && { role: 'viewer', onlyProjectId: open.projectId ?? undefined };
  }
}
