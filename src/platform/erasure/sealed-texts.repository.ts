import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import type { SealedTextColumn } from './sealed-texts.js';

export interface SealedTextRow {
  readonly key: string;
  readonly id: string;
  readonly version: number;
  readonly sealed: Buffer;
}

const OWNER = 'organization_id';

/** The project is asked for outside of the subquery, in which a column's name could mean one of `projects`. */
const unheld = (project: string): string =>
  `AND coalesce((${project}), '') NOT IN (SELECT held.id FROM projects held WHERE held.legal_hold)`;

/** Rows of whatever table; names of tables and columns come from code alone. */
@Injectable()
export class SealedTextsRepository {
  /** Rows behind a key, in the order of keys. */
  list(
    { table, column, key, place, project, tenant = OWNER }: SealedTextColumn,
    organizationId: string,
    after: string,
    limit: number,
    db: Tx,
  ): Promise<SealedTextRow[]> {
    return db.query(
      `SELECT (${key}) AS key, (${place.id}) AS id, (${place.version}) AS version, ${column} AS sealed FROM ${table}
        WHERE ${tenant} = $1 AND (${key}) > $2 AND ${column} IS NOT NULL
          ${project ? unheld(project) : ''}
        ORDER BY (${key}) LIMIT $3`,
      [organizationId, after, limit],
    );
  }

  /** One row again, locked: it may have changed since it was listed. */
  async lock(
    { table, column, key, place, tenant = OWNER }: SealedTextColumn,
    organizationId: string,
    of: string,
    tx: Tx,
  ): Promise<SealedTextRow | undefined> {
    const rows: SealedTextRow[] = await tx.query(
      `SELECT (${key}) AS key, (${place.id}) AS id, (${place.version}) AS version, ${column} AS sealed FROM ${table}
        WHERE ${tenant} = $1 AND (${key}) = $2 AND ${column} IS NOT NULL FOR UPDATE`,
      [organizationId, of],
    );
    return rows[0];
  }

  async replace(
    { table, column, key, also, tenant = OWNER }: SealedTextColumn,
    organizationId: string,
    of: string,
    sealed: Buffer,
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `UPDATE ${table} SET ${also ? `${also}, ` : ''}${column} = $3 WHERE ${tenant} = $1 AND (${key}) = $2`,
      [organizationId, of, sealed],
    );
  }

  async remove(
    { table, column, key, also, tenant = OWNER }: SealedTextColumn,
    organizationId: string,
    of: string,
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `UPDATE ${table} SET ${also ? `${also}, ` : ''}${column} = NULL WHERE ${tenant} = $1 AND (${key}) = $2`,
      [organizationId, of],
    );
  }

  async delete(
    { table, key, tenant = OWNER }: SealedTextColumn,
    organizationId: string,
    of: string,
    tx: Tx,
  ): Promise<void> {
    await tx.query(`DELETE FROM ${table} WHERE ${tenant} = $1 AND (${key}) = $2`, [organizationId, of]);
  }
}
