import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** A variable whose value is to be changed by now, and of which nobody has been told. */
export interface DueRotation {
  readonly id: string;
  readonly number: number;
  readonly key: string;
  readonly version: number;
  readonly projectId: string;
  readonly environmentId: string;
  readonly environmentNumber: number;
  readonly environmentName: string;
  readonly dueAt: Date;
}

const DUE = 'v.rotation_due_at <= now() AND v.rotation_told_at IS NULL AND v.deleted_at IS NULL';

/** Reminders that are due. */
@Injectable()
export class RotationsRepository {
  /** Organizations with reminders that are due, by id, after one of them; of every tenant, for the leader. */
  async listOrganizationIds(afterId: string, limit: number, db: Tx): Promise<string[]> {
    const rows: { id: string }[] = await db.query(
      `SELECT DISTINCT o.id FROM variables v JOIN organizations o ON o.id = v.organization_id
        WHERE ${DUE} AND o.deleted_at IS NULL AND o.id > $1 ORDER BY o.id LIMIT $2`,
      [afterId, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Takes the next of them, to be told in this transaction: the longest overdue first. Those being changed just now wait. */
  async takeDue(organizationId: string, limit: number, tx: Tx): Promise<DueRotation[]> {
    const [rows] = await tx.query(
      `WITH due AS (
         SELECT v.id FROM variables v WHERE v.organization_id = $1 AND ${DUE}
          ORDER BY v.rotation_due_at, v.id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
       UPDATE variables v SET rotation_told_at = now()
         FROM due, environments e
        WHERE v.organization_id = $1 AND v.id = due.id AND e.id = v.environment_id
       RETURNING v.id, v.number::float8 AS number, v.key, v.version, v.project_id AS "projectId",
                 v.environment_id AS "environmentId", e.number::float8 AS "environmentNumber",
                 e.name AS "environmentName", v.rotation_due_at AS "dueAt"`,
      [organizationId, limit],
    );
    return rows;
  }
}
