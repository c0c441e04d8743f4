import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { DATA_KEY_CHAIN, type DataKeyChain } from '../key-ring.repository.js';
import type { Rewrapped } from './key-rotation.js';

/** Everything under an organization's keys but the one in use. */
@Injectable()
export class OrganizationWrappersRepository {
  /** Versions of the organization's keys, the one in use first. */
  listKeys(organizationId: string, db: Tx): Promise<{ id: string; version: number }[]> {
    return db.query(
      'SELECT id, version FROM organization_keys WHERE organization_id = $1 ORDER BY version DESC',
      [organizationId],
    );
  }

  /** The newest version of each purpose. */
  listNewestVersions(organizationId: string, db: Tx): Promise<{ purpose: string; version: number }[]> {
    return db.query(
      'SELECT purpose, max(version) AS version FROM data_keys WHERE organization_id = $1 GROUP BY 1 ORDER BY 1',
      [organizationId],
    );
  }

  async count(organizationId: string, db: Tx): Promise<number> {
    const sql = 'SELECT count(*)::int AS n FROM data_keys WHERE organization_id = $1';
    return (await db.query(sql, [organizationId]))[0].n;
  }

  /** Data keys wrapped by the others. */
  async countOld(organizationId: string, inUse: string, db: Tx): Promise<number> {
    const sql =
      'SELECT count(*)::int AS n FROM data_keys WHERE organization_id = $1 AND organization_key_id <> $2';
    return (await db.query(sql, [organizationId, inUse]))[0].n;
  }

  /** Some data keys that another key wraps, each with its wrapper; held until the transaction ends. */
  lockOld(organizationId: string, inUse: string, most: number, tx: Tx): Promise<DataKeyChain[]> {
    return tx.query(
      `${DATA_KEY_CHAIN}
        WHERE d.organization_id = $1 AND d.organization_key_id <> $2
        ORDER BY d.id LIMIT $3 FOR NO KEY UPDATE OF d`,
      [organizationId, inUse, most],
    );
  }

  async rewrap(organizationId: string, inUse: string, keys: readonly Rewrapped[], tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE data_keys d SET organization_key_id = $2, wrapped = fresh.wrapped
         FROM unnest($3::text[], $4::bytea[]) AS fresh (id, wrapped)
        WHERE d.organization_id = $1 AND d.id = fresh.id`,
      [organizationId, inUse, keys.map(({ id }) => id), keys.map(({ wrapped }) => wrapped)],
    );
  }

  /** Waits for whoever is wrapping under the old keys, and keeps everybody else from it until the transaction ends. */
  async closeOldKeys(organizationId: string, inUse: string, tx: Tx): Promise<string[]> {
    const rows = await tx.query(
      'SELECT id FROM organization_keys WHERE organization_id = $1 AND id <> $2 ORDER BY id FOR UPDATE',
      [organizationId, inUse],
    );
    return rows.map(({ id }: { id: string }) => id);
  }

  async deleteKeys(organizationId: string, ids: readonly string[], tx: Tx): Promise<void> {
    await tx.query('DELETE FROM organization_keys WHERE organization_id = $1 AND id = ANY ($2::text[])', [
      organizationId,
      ids,
    ]);
  }
}
