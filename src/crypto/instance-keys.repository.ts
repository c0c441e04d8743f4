import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

export interface InstanceKeyRow {
  readonly id: string;
  readonly purpose: string;
  readonly version: number;
  readonly masterKeyId: string;
  readonly wrapped: Buffer;
}

const COLUMNS = 'id, purpose, version, master_key_id AS "masterKeyId", wrapped';

/** The stored, wrapped keys that belong to no organization. */
@Injectable()
export class InstanceKeysRepository {
  async insertInstanceKey(row: InstanceKeyRow, tx: Tx): Promise<void> {
    await tx.query(
      'INSERT INTO instance_keys (id, purpose, version, master_key_id, wrapped) VALUES ($1, $2, $3, $4, $5)',
      [row.id, row.purpose, row.version, row.masterKeyId, row.wrapped],
    );
  }

  /** Of these purposes, the ones without a key. */
  async listMissingPurposes(purposes: readonly string[], db: Tx): Promise<string[]> {
    const rows = await db.query(
      `SELECT wanted.purpose FROM unnest($1::text[]) AS wanted (purpose)
        WHERE NOT EXISTS (SELECT FROM instance_keys k WHERE k.purpose = wanted.purpose)`,
      [purposes],
    );
    return rows.map(({ purpose }: { purpose: string }) => purpose);
  }

  async findInstanceKey(id: string, db: Tx): Promise<InstanceKeyRow | undefined> {
    return (await db.query(`SELECT ${COLUMNS} FROM instance_keys WHERE id = $1`, [id]))[0];
  }

  async findNewestInstanceKey(purpose: string, db: Tx): Promise<InstanceKeyRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM instance_keys WHERE purpose = $1 ORDER BY version DESC LIMIT 1`;
    return (await db.query(sql, [purpose]))[0];
  }
}
