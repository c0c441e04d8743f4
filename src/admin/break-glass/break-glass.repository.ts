import { Injectable } from '@nestjs/common';
import { listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Glass, GlassFilter, GlassViewer } from './break-glass.js';

/** A row: its reason lies sealed. */
export interface GlassRow extends Omit<Glass, 'reason'> {
  readonly reasonSealed: Buffer;
}

interface NewGlass {
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly reasonSealed: Buffer;
}

const ACTIVE = '(ended_at IS NULL AND expires_at > now())';
const COLUMNS = `
  id, user_id AS "userId", organization_id AS "organizationId", project_id AS "projectId",
  reason_sealed AS "reasonSealed", created_at AS "createdAt", expires_at AS "expiresAt", ended_at AS "endedAt",
  ${ACTIVE} AS active`;
const SORT = { created_at: { column: 'created_at', type: 'timestamptz' } } as const;

@Injectable()
export class BreakGlassRepository {
  async insert({ id, userId, ...place }: NewGlass, minutes: number, tx: Tx): Promise<GlassRow> {
    const [row] = await tx.query(
      `INSERT INTO break_glass (id, user_id, organization_id, project_id, reason_sealed, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(mins => $6)) RETURNING ${COLUMNS}`,
      [id, userId, place.organizationId, place.projectId, place.reasonSealed, minutes],
    );
    return row;
  }

  async find(id: string, db: Tx): Promise<GlassRow | undefined> {
    return (await db.query(`SELECT ${COLUMNS} FROM break_glass WHERE id = $1`, [id]))[0];
  }

  list(viewer: GlassViewer, filter: GlassFilter, listing: Listing, db: Tx): Promise<Listed<GlassRow>> {
    const where = [
      // Ids of users and of organizations are never alike.
      ['(user_id = ANY(?::text[]) OR organization_id = ANY(?))', [viewer.userId, ...viewer.administered]],
      ['organization_id = ?', filter.organizationId],
      [`${ACTIVE} = ?`, filter.active],
    ] as const;
    return listRows({ select: COLUMNS, from: 'break_glass', where, sort: SORT }, listing, db);
  }

  /** What a user has opened that is not over, in an organization, or of a project of it: the widest first. */
  async findOpen(
    {
      userId,
      organizationId,
      projectId,
    }: { userId: string; organizationId: string; projectId?: string | undefined },
    db: Tx,
  ): Promise<{ projectId: string | null } | undefined> {
    const rows = await db.query(
      `SELECT project_id AS "projectId" FROM break_glass
        WHERE user_id = $1 AND organization_id = $2 AND (project_id IS NULL OR project_id = $3) AND ${ACTIVE}
        ORDER BY project_id NULLS FIRST LIMIT 1`,
      [userId, organizationId, projectId ?? null],
    );
    return rows[0];
  }

  /** All that a user has open in an organization, the widest first. */
  listOpen(
    { userId, organizationId }: { readonly userId: string; readonly organizationId: string },
    db: Tx,
  ): Promise<GlassRow[]> {
    const sql = `SELECT ${COLUMNS} FROM break_glass WHERE user_id = $1 AND organization_id = $2 AND ${ACTIVE}
                  ORDER BY project_id NULLS FIRST, id`;
    return db.query(sql, [userId, organizationId]);
  }

  /** @returns false when it was over already */
  async end(id: string, tx: Tx): Promise<boolean> {
    const [, count] = await tx.query(`UPDATE break_glass SET ended_at = now() WHERE id = $1 AND ${ACTIVE}`, [
      id,
    ]);
    return count === 1;
  }

  /** Whether there is such an organization, and no test twin of one. */
  async isOrganization(id: string, db: Tx): Promise<boolean> {
    const sql = 'SELECT FROM organizations WHERE id = $1 AND deleted_at IS NULL AND sandbox_of IS NULL';
    return (await db.query(sql, [id])).length === 1;
  }

  /** Whoever answers for an organization. */
  async listAdmins(organizationId: string, db: Tx): Promise<string[]> {
    const sql = `SELECT user_id AS "userId" FROM memberships WHERE organization_id = $1 AND role = 'admin' ORDER BY user_id`;
    const rows: { userId: string }[] = await db.query(sql, [organizationId]);
    return rows.map(({ userId }) => userId);
  }
}
