import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { OrganizationRole } from '../../platform/http/permission.js';

/** A membership of somebody who goes, and who would be left. */
export interface Departure {
  readonly organizationId: string;
  readonly role: OrganizationRole;
  readonly others: boolean;
  readonly otherAdmins: boolean;
}

/** All that somebody belongs to. */
@Injectable()
export class MemberDeparturesRepository {
  /** In the order in which their organizations are locked. */
  async listOrganizations(userId: string, db: Tx): Promise<string[]> {
    const sql = 'SELECT organization_id AS id FROM memberships WHERE user_id = $1 ORDER BY organization_id';
    const rows: { id: string }[] = await db.query(sql, [userId]);
    return rows.map(({ id }) => id);
  }

  async find(organizationId: string, userId: string, db: Tx): Promise<Departure | undefined> {
    const rows = await db.query(
      `SELECT m.organization_id AS "organizationId", m.role, count(o.id) > 0 AS others,
              count(o.id) FILTER (WHERE o.role = 'admin') > 0 AS "otherAdmins"
         FROM memberships m
         LEFT JOIN memberships o ON o.organization_id = m.organization_id AND o.user_id <> m.user_id
        WHERE m.organization_id = $1 AND m.user_id = $2 GROUP BY m.id`,
      [organizationId, userId],
    );
    return rows[0];
  }
}
