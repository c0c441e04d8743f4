import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Membership } from '../../platform/http/principal.js';

/** What ties a user to what others own, across features, for those who administer the instance. */
@Injectable()
export class UserTiesRepository {
  listMemberships(userId: string, db: Tx): Promise<Membership[]> {
    return db.query(
      `SELECT organization_id AS "organizationId", role FROM memberships WHERE user_id = $1
        ORDER BY created_at, organization_id`,
      [userId],
    );
  }

  /** Ends what lets somebody see what they are no member of. @returns how many shares there were */
  async cut(userId: string, tx: Tx): Promise<number> {
    await tx.query(
      'UPDATE break_glass SET ended_at = now() WHERE user_id = $1 AND ended_at IS NULL AND expires_at > now()',
      [userId],
    );
    const [, count] = await tx.query('DELETE FROM project_shares WHERE user_id = $1', [userId]);
    return count;
  }
}
