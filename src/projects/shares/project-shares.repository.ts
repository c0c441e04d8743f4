import { Injectable } from '@nestjs/common';
import { listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { OrganizationRole } from '../../platform/http/permission.js';
import type { ProjectOwner } from '../project-contents.js';
import type { ProjectShare } from './project-share.js';

const COLUMNS = `
  id, organization_id AS "organizationId", project_id AS "projectId", user_id AS "userId", role,
  created_by AS "createdBy", created_at AS "createdAt"`;

@Injectable()
export class ProjectSharesRepository {
  list({ organizationId, projectId }: ProjectOwner, listing: Listing, db: Tx): Promise<Listed<ProjectShare>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['project_id = ?', projectId],
    ] as const;
    const sort = { created_at: { column: 'created_at', type: 'timestamptz' } } as const;
    return listRows({ select: COLUMNS, from: 'project_shares', where, sort }, listing, db);
  }

  /** Projects that are shared with somebody, of whatever organization. */
  async listProjectIds(userId: string, db: Tx): Promise<string[]> {
    const sql = 'SELECT project_id AS id FROM project_shares WHERE user_id = $1';
    const rows: { id: string }[] = await db.query(sql, [userId]);
    return rows.map(({ id }) => id);
  }

  /** What a project is open to somebody as. */
  async findRole(
    { organizationId, projectId }: ProjectOwner,
    userId: string,
    db: Tx,
  ): Promise<OrganizationRole | undefined> {
    const rows = await db.query(
      'SELECT role FROM project_shares WHERE organization_id = $1 AND project_id = $2 AND user_id = $3',
      [organizationId, projectId, userId],
    );
    return rows[0]?.role;
  }

  async find(
    { organizationId, projectId }: ProjectOwner,
    id: string,
    db: Tx,
  ): Promise<ProjectShare | undefined> {
    const rows = await db.query(
      `SELECT ${COLUMNS} FROM project_shares WHERE organization_id = $1 AND project_id = $2 AND id = $3`,
      [organizationId, projectId, id],
    );
    return rows[0];
  }

  /** @returns false when the project is shared with them already */
  async insert(share: Omit<ProjectShare, 'createdAt'>, tx: Tx): Promise<boolean> {
    const { id, organizationId, projectId, userId, role, createdBy } = share;
    const rows = await tx.query(
      `INSERT INTO project_shares (id, organization_id, project_id, user_id, role, created_by)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (project_id, user_id) DO NOTHING RETURNING id`,
      [id, organizationId, projectId, userId, role, createdBy],
    );
    return rows.length === 1;
  }

  async setRole(
    { organizationId, projectId, id }: Pick<ProjectShare, 'organizationId' | 'projectId' | 'id'>,
    role: OrganizationRole,
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      'UPDATE project_shares SET role = $4 WHERE organization_id = $1 AND project_id = $2 AND id = $3',
      [organizationId, projectId, id, role],
    );
  }

  async delete(
    { organizationId, projectId, id }: Pick<ProjectShare, 'organizationId' | 'projectId' | 'id'>,
    tx: Tx,
  ): Promise<void> {
    await tx.query('DELETE FROM project_shares WHERE organization_id = $1 AND project_id = $2 AND id = $3', [
      organizationId,
      projectId,
      id,
    ]);
  }

  /** Ends everything of an organization that is shared with somebody. */
  async deleteOfUser(organizationId: string, userId: string, tx: Tx): Promise<void> {
    const sql = 'DELETE FROM project_shares WHERE organization_id = $1 AND user_id = $2';
    await tx.query(sql, [organizationId, userId]);
  }
}
