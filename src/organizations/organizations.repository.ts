import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/http/ids.js';
import { MembershipEntity } from './membership.entity.js';
import { OrganizationEntity } from './organization.entity.js';

@Injectable()
export class OrganizationsRepository {
  async insert(organization: { readonly id: string; readonly name: string }, tx: Tx): Promise<void> {
    await tx.insert(OrganizationEntity, organization);
  }

  async insertMembership(
    organizationId: string,
    userId: string,
    role: 'admin' | 'editor' | 'viewer',
    tx: Tx,
  ): Promise<void> {
    await tx.insert(MembershipEntity, { id: newId('mem'), organizationId, userId, role });
  }
}
