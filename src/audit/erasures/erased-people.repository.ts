import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** What decides whether an organization may erase somebody, and how much of them. */
export interface Standing {
  /** Their account is of this organization: their home is here, and they belong nowhere else. */
  readonly isOwn: boolean;
  readonly isMember: boolean;
  /** They did something here that the log tells of. */
  readonly hasActed: boolean;
  readonly isErased: boolean;
  readonly administersInstance: boolean;
}

@Injectable()
export class ErasedPeopleRepository {
  async find(organizationId: string, userId: string, db: Tx): Promise<Standing | undefined> {
    const rows = await db.query(
      `SELECT u.organization_id = $1 AND NOT EXISTS (
                SELECT FROM memberships m WHERE m.user_id = u.id AND m.organization_id <> $1) AS "isOwn",
              EXISTS (SELECT FROM memberships m WHERE m.user_id = u.id AND m.organization_id = $1) AS "isMember",
              EXISTS (SELECT FROM audit_logs a WHERE a.organization_id = $1
                         AND (a.user_id = u.id OR a.subject_user_id = u.id)) AS "hasActed",
              u.deleted_at IS NOT NULL AS "isErased", u.system_role = 'admin' AS "administersInstance"
         FROM users u WHERE u.id = $2`,
      [organizationId, userId],
    );
    return rows[0];
  }
}
