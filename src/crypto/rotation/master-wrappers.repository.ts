import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { InstanceKeyRow } from '../instance-keys.repository.js';
import type { OrganizationKeyRow } from '../key-ring.repository.js';
import type { Rewrapped } from './key-rotation.js';

/** Tables whose rows a master key wraps. */
export type WrappedTable = 'organization_keys' | 'instance_keys';

/** Everything under the master keys but the one in use: of all organizations, since they share it. */
@Injectable()
export class MasterWrappersRepository {
  /** How many keys there are, of which table. */
  async count(db: Tx): Promise<{ organizationKeys: number; instanceKeys: number }> {
    const sql = `
      SELECT (SELECT count(*)::int FROM organization_keys) AS "organizationKeys",
             (SELECT count(*)::int FROM instance_keys) AS "instanceKeys"`;
    return (await db.query(sql))[0];
  }

  /** Keys wrapped by the others. */
  async countOld(inUse: string, db: Tx): Promise<number> {
    const sql = `
      SELECT (SELECT count(*) FROM organization_keys WHERE master_key_id <> $1)::int
             + (SELECT count(*) FROM instance_keys WHERE master_key_id <> $1)::int AS n`;
    return (await db.query(sql, [inUse]))[0].n;
  }

  /** Some organization keys that another key wraps, held until the transaction ends. */
  lockOldOrganizationKeys(inUse: string, most: number, tx: Tx): Promise<OrganizationKeyRow[]> {
    return tx.query(
      `SELECT id, organization_id AS "organizationId", version, master_key_id AS "masterKeyId", wrapped
         FROM organization_keys WHERE master_key_id <> $1 ORDER BY id LIMIT $2 FOR NO KEY UPDATE`,
      [inUse, most],
    );
  }

  lockOldInstanceKeys(inUse: string, most: number, tx: Tx): Promise<InstanceKeyRow[]> {
    return tx.query(
      `SELECT id, purpose, version, master_key_id AS "masterKeyId", wrapped
         FROM instance_keys WHERE master_key_id <> $1 ORDER BY id LIMIT $2 FOR NO KEY UPDATE`,
      [inUse, most],
    );
  }

  async rewrap(table: WrappedTable, inUse: string, keys: readonly Rewrapped[], tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE ${table} k SET master_key_id = $1, wrapped = fresh.wrapped
         FROM unnest($2::text[], $3::bytea[]) AS fresh (id, wrapped) WHERE k.id = fresh.id`,
      [inUse, keys.map(({ id }) => id), keys.map(({ wrapped }) => wrapped)],
    );
  }

  /** Waits for whoever is wrapping under the old keys, and keeps everybody else from it until the transaction ends. */
  async closeOldKeys(inUse: string, tx: Tx): Promise<string[]> {
    const rows = await tx.query('SELECT id FROM master_keys WHERE id <> $1 ORDER BY id FOR UPDATE', [inUse]);
    return rows.map(({ id }: { id: string }) => id);
  }

  async deleteKeys(ids: readonly string[], tx: Tx): Promise<void> {
    await tx.query('DELETE FROM master_keys WHERE id = ANY ($1::text[])', [ids]);
  }
}
