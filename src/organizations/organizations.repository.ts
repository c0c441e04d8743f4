import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/http/ids.js';
import { MembershipEntity } from './membership.entity.js';
import { OrganizationEntity } from './organization.entity.js';

/** What others show of an organization. */
export interface OrganizationName {
  /** Whole number by which KeyNest's clients know it. */
  readonly number: number;
  readonly name: string;
}

@Injectable()
export class OrganizationsRepository {
  async findName(organizationId: string, db: Tx): Promise<OrganizationName | undefined> {
    const sql = 'SELECT number::float8 AS number, name FROM organizations WHERE id = $1';
    return (await db.query(sql, [organizationId]))[0];
  }

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
