import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** A sandbox whose day is over. */
export interface DueSandbox {
  /** Whose it is. */
  readonly organizationId: string;
  readonly sandboxId: string;
  /** The user of the oldest test key that is still valid, if there is one. */
  readonly userId: string | null;
}

const DUE = `
  SELECT live.id AS "organizationId", twin.id AS "sandboxId",
         (SELECT k.user_id FROM api_keys k
           WHERE k.organization_id = live.id AND k.sandbox AND k.revoked_at IS NULL ORDER BY k.id LIMIT 1) AS "userId"
    FROM organizations twin JOIN organizations live ON live.sandbox_id = twin.id
   WHERE twin.sandbox_of IS NOT NULL AND twin.deleted_at IS NULL AND twin.created_at < date_trunc('day', now(), 'UTC')
   ORDER BY twin.created_at, twin.id LIMIT $1`;

/** Which organization has which sandbox: an organization of its own, that nobody is a member of. */
@Injectable()
export class SandboxesRepository {
  /** The organization's sandbox, which stays the same until the transaction ends; undefined when it is gone itself. */
  async lock(organizationId: string, tx: Tx): Promise<{ readonly sandboxId: string | null } | undefined> {
    const sql = `SELECT sandbox_id AS "sandboxId" FROM organizations
                  WHERE id = $1 AND deleted_at IS NULL AND sandbox_of IS NULL FOR NO KEY UPDATE`;
    return (await tx.query(sql, [organizationId]))[0];
  }

  async insert(id: string, organizationId: string, tx: Tx): Promise<void> {
    await tx.query(`INSERT INTO organizations (id, name, sandbox_of) VALUES ($1, 'Sandbox', $2)`, [
      id,
      organizationId,
    ]);
  }

  async assign(organizationId: string, sandboxId: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE organizations SET sandbox_id = $2 WHERE id = $1', [organizationId, sandboxId]);
  }

  /** Sandboxes made before today, which begins at 00:00 UTC by the database's clock; longest overdue first. */
  listDue(limit: number, db: Tx): Promise<DueSandbox[]> {
    return db.query(DUE, [limit]);
  }
}
