import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';

/** Rows that let somebody in. */
const ACCESS = ['memberships', 'invitations', 'project_shares', 'break_glass'] as const;

/** What keeps an organization from ending: it is somebody's home, or must keep a project. */
export type ErasureObstacle = 'home' | 'legal_hold';

/** What is asked and written about the end of organizations. */
@Injectable()
export class TenantErasureRepository {
  /** Keeps others from ending it too; undefined when it is gone. */
  async lock(organizationId: string, tx: Tx): Promise<{ sandboxId: string | null } | undefined> {
    const sql = `SELECT sandbox_id AS "sandboxId" FROM organizations
                  WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE`;
    return (await tx.query(sql, [organizationId]))[0];
  }

  async findObstacle(organizationId: string, db: Tx): Promise<ErasureObstacle | undefined> {
    const [found] = await db.query(
      `SELECT EXISTS (SELECT FROM users WHERE organization_id = $1
          AND (email_sealed IS NOT NULL OR name_sealed IS NOT NULL OR profile_sealed IS NOT NULL)) AS home,
        EXISTS (SELECT FROM projects WHERE organization_id = $1 AND legal_hold) AS held`,
      [organizationId],
    );
    return found.home ? 'home' : found.held ? 'legal_hold' : undefined;
  }

  /** Ends what lets somebody in, and news that are still on their way. */
  async endAccess(organizationId: string, tx: Tx): Promise<void> {
    for (const table of ACCESS)
      await tx.query(`DELETE FROM ${table} WHERE organization_id = $1`, [organizationId]);
    await tx.query(
      'DELETE FROM event_deliveries d USING events e WHERE e.id = d.event_id AND e.organization_id = $1',
      [organizationId],
    );
  }

  async detachSandbox(sandboxId: string, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE organizations live SET sandbox_id = NULL FROM organizations twin
        WHERE twin.id = $1 AND live.id = twin.sandbox_of AND live.sandbox_id = twin.id`,
      [sandboxId],
    );
  }

  async markDeleted(organizationId: string, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE organizations
          SET deleted_at = now(), updated_at = now(), name = '', description_sealed = NULL, settings = '{}',
              member_count = 0, project_count = 0, sandbox_id = NULL, version = version + 1
        WHERE id = $1`,
      [organizationId],
    );
  }
}
