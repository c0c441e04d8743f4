import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { LibraryFilter, LibraryPlace, LibraryRow, LibraryTable } from './library-item.js';
import type { LibraryReach } from './library-reach.policy.js';

const COLUMNS = `id, organization_id AS "organizationId", user_id AS "userId", visibility, name_lookup AS "nameLookup",
  texts_sealed AS "textsSealed", version, created_at AS "createdAt", updated_at AS "updatedAt"`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  updated_at: { column: 'updated_at', type: 'timestamptz' },
};

const UNIQUE_VIOLATION = '23505';

/** Rows of prompts and of assistants. Names of tables come from code alone. */
@Injectable()
export class LibraryRepository {
  /** @returns false when the owner, or the team, has one of that name already, where names are taken once */
  async insert(table: LibraryTable, row: LibraryRow, tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO ${table}
         (id, organization_id, user_id, visibility, name_lookup, texts_sealed, version, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id`,
      [
        ...[row.id, row.organizationId, row.userId, row.visibility, row.nameLookup, row.textsSealed],
        ...[row.version, row.createdAt, row.updatedAt],
      ],
    );
    return rows.length > 0;
  }

  find(table: LibraryTable, reach: LibraryReach, id: string, db: Tx): Promise<LibraryRow | undefined> {
    return this.visible(table, reach, id, '', db);
  }

  /** The same, and keeps others from changing it until the transaction ends. */
  lock(table: LibraryTable, reach: LibraryReach, id: string, tx: Tx): Promise<LibraryRow | undefined> {
    return this.visible(table, reach, id, 'FOR UPDATE', tx);
  }

  list(
    table: LibraryTable,
    { organizationId, userId, seesTeam }: LibraryReach,
    filter: LibraryFilter,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<LibraryRow>> {
    const where = [
      ['organization_id = ?', organizationId],
      [`(user_id = ? OR (visibility = 'team' AND ?))`, userId, seesTeam],
      ['user_id = ?', filter.isOwn ? userId : undefined],
      ['visibility = ?', filter.visibility],
      ['name_lookup = ?', filter.nameLookup],
      ['created_at >= ?', filter.from],
      ['created_at < ?', filter.to],
    ] as const;
    return listRows({ select: COLUMNS, from: table, where, sort: SORT }, listing, db);
  }

  /** Writes everything that can change of a locked row. @returns false as `insert` does; the transaction is then over */
  async update(table: LibraryTable, row: LibraryRow, tx: Tx): Promise<boolean> {
    try {
      await tx.query(
        `UPDATE ${table} SET visibility = $3, name_lookup = $4, texts_sealed = $5, version = $6, updated_at = $7
          WHERE organization_id = $1 AND id = $2`,
        [
          ...[row.organizationId, row.id, row.visibility, row.nameLookup, row.textsSealed],
          ...[row.version, row.updatedAt],
        ],
      );
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return false;
      throw error;
    }
  }

  async delete(
    table: LibraryTable,
    { organizationId, id }: Omit<LibraryPlace, 'version'>,
    tx: Tx,
  ): Promise<void> {
    await tx.query(`DELETE FROM ${table} WHERE organization_id = $1 AND id = $2`, [organizationId, id]);
  }

  /** What was somebody's own in an organization. */
  async deletePrivate(table: LibraryTable, organizationId: string, userId: string, tx: Tx): Promise<void> {
    await tx.query(
      `DELETE FROM ${table} WHERE organization_id = $1 AND user_id = $2 AND visibility = 'private'`,
      [organizationId, userId],
    );
  }

  private async visible(
    table: LibraryTable,
    { organizationId, userId, seesTeam }: LibraryReach,
    id: string,
    lock: '' | 'FOR UPDATE',
    db: Tx,
  ): Promise<LibraryRow | undefined> {
    const rows: LibraryRow[] = await db.query(
      `SELECT ${COLUMNS} FROM ${table}
        WHERE organization_id = $1 AND id = $2 AND (user_id = $3 OR (visibility = 'team' AND $4)) ${lock}`,
      [organizationId, id, userId, seesTeam],
    );
    return rows[0];
  }
}
