import { Injectable } from '@nestjs/common';
import { listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { OrganizationRole } from '../../platform/http/permission.js';

/** Somebody's place in an organization. */
export interface Membership {
  readonly userId: string;
  readonly role: OrganizationRole;
  readonly joinedAt: Date;
}

const COLUMNS = 'user_id AS "userId", role, created_at AS "joinedAt"';

/** Who belongs to which organization. Changes are made under the lock of the organization's row. */
@Injectable()
export class MembershipsRepository {
  list(
    organizationId: string,
    filter: { readonly role?: OrganizationRole | undefined },
    listing: Listing,
    db: Tx,
  ): Promise<Listed<Membership>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['role = ?', filter.role],
    ] as const;
    const sort = { created_at: { column: 'created_at', type: 'timestamptz' } } as const;
    return listRows({ select: COLUMNS, from: 'memberships', where, sort }, listing, db);
  }

  async find(organizationId: string, userId: string, db: Tx): Promise<Membership | undefined> {
    const sql = `SELECT ${COLUMNS} FROM memberships WHERE organization_id = $1 AND user_id = $2`;
    return (await db.query(sql, [organizationId, userId]))[0];
  }

  /** Which of these people belong to an organization; to a sandbox, whoever belongs to what it is the sandbox of. */
  async membersAmong(organizationId: string, userIds: readonly string[], db: Tx): Promise<string[]> {
    const rows: { id: string }[] = await db.query(
      `SELECT m.user_id AS id FROM organizations o
         JOIN memberships m ON m.organization_id = coalesce(o.sandbox_of, o.id)
        WHERE o.id = $1 AND m.user_id = ANY($2::text[])`,
      [organizationId, userIds],
    );
    return rows.map(({ id }) => id);
  }

  /** Names of a user's organizations, by the organization's id. */
  async findNames(userId: string, db: Tx): Promise<Map<string, string>> {
    const rows: { id: string; name: string }[] = await db.query(
      `SELECT o.id, o.name FROM memberships m JOIN organizations o ON o.id = m.organization_id
        WHERE m.user_id = $1`,
      [userId],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Keeps others from giving the user's organizations names until the transaction ends. */
  async lockNames(userId: string, tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('names of organizations'), hashtext($1))`, [
      userId,
    ]);
  }

  /** @returns false when they belong there already */
  async insert(organizationId: string, userId: string, role: OrganizationRole, tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO memberships (id, organization_id, user_id, role) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organization_id, user_id) DO NOTHING RETURNING id`,
      [newId('mem'), organizationId, userId, role],
    );
    return rows.length === 1;
  }

  async setRole(organizationId: string, userId: string, role: OrganizationRole, tx: Tx): Promise<void> {
    await tx.query('UPDATE memberships SET role = $3 WHERE organization_id = $1 AND user_id = $2', [
      organizationId,
      userId,
      role,
    ]);
  }

  async delete(organizationId: string, userId: string, tx: Tx): Promise<void> {
    const sql = 'DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2';
    await tx.query(sql, [organizationId, userId]);
  }

  /** Whether the organization has an administrator beside this user. */
  async hasOtherAdmin(organizationId: string, userId: string, db: Tx): Promise<boolean> {
    const rows = await db.query(
      `SELECT FROM memberships WHERE organization_id = $1 AND role = 'admin' AND user_id <> $2 LIMIT 1`,
      [organizationId, userId],
    );
    return rows.length > 0;
  }
}
