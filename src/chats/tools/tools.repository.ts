import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { ToolRow } from './tool.js';

const COLUMNS = `
  id, organization_id AS "organizationId", kind, receives, content_sealed AS "contentSealed",
  function_count AS "functionCount", version, created_by AS "createdBy", author_id AS "authorId",
  created_at AS "createdAt", updated_at AS "updatedAt"`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  updated_at: { column: 'updated_at', type: 'timestamptz' },
};

@Injectable()
export class ToolsRepository {
  async insert(row: ToolRow, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO tools (id, organization_id, kind, receives, content_sealed, function_count, version, created_by,
                          author_id, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[row.id, row.organizationId, row.kind, row.receives, row.contentSealed, row.functionCount],
        ...[row.version, row.createdBy, row.authorId, row.createdAt, row.updatedAt],
      ],
    );
  }

  /** How many there are; nobody makes another until the transaction ends. */
  async countLocked(organizationId: string, tx: Tx): Promise<number> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('tools'), hashtext($1))`, [organizationId]);
    const sql = 'SELECT count(*)::int AS count FROM tools WHERE organization_id = $1';
    return (await tx.query(sql, [organizationId]))[0].count;
  }

  async findMany(organizationId: string, ids: readonly string[], db: Tx): Promise<ToolRow[]> {
    return db.query(`SELECT ${COLUMNS} FROM tools WHERE organization_id = $1 AND id = ANY($2)`, [
      organizationId,
      ids,
    ]);
  }

  /** Reads a tool and keeps others from changing it until the transaction ends. */
  async lock(organizationId: string, id: string, tx: Tx): Promise<ToolRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM tools WHERE organization_id = $1 AND id = $2 FOR UPDATE`;
    return (await tx.query(sql, [organizationId, id]))[0];
  }

  list(organizationId: string, listing: Listing, db: Tx): Promise<Listed<ToolRow>> {
    const where = [['organization_id = ?', organizationId]] as const;
    return listRows({ select: COLUMNS, from: 'tools', where, sort: SORT }, listing, db);
  }

  /** Writes everything that can change of a tool whose row is locked. */
  async update(row: ToolRow, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE tools
          SET receives = $3, content_sealed = $4, function_count = $5, version = $6, author_id = $7, updated_at = $8
        WHERE organization_id = $1 AND id = $2`,
      [
        ...[row.organizationId, row.id, row.receives, row.contentSealed, row.functionCount],
        ...[row.version, row.authorId, row.updatedAt],
      ],
    );
  }

  async delete(organizationId: string, id: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM tools WHERE organization_id = $1 AND id = $2', [organizationId, id]);
  }
}
