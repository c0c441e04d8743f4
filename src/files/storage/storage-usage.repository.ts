import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** Beside a quota: what a bigint can count at all. */
const NO_QUOTA = '9223372036854775807';

interface UsageRow {
  readonly usedBytes: number;
  readonly quotaBytes: number | undefined;
}

@Injectable()
export class StorageUsageRepository {
  /** Adds bytes unless that goes beyond the organization's quota, else `defaultQuota`; whether it did. */
  async add(
    organizationId: string,
    bytes: number,
    defaultQuota: number | undefined,
    tx: Tx,
  ): Promise<boolean> {
    await tx.query('INSERT INTO storage_usage (organization_id) VALUES ($1) ON CONFLICT DO NOTHING', [
      organizationId,
    ]);
    const [, count] = await tx.query(
      `UPDATE storage_usage SET used_bytes = used_bytes + $2::bigint
        WHERE organization_id = $1 AND used_bytes + $2::bigint <= coalesce(quota_bytes, $3::bigint)`,
      [organizationId, bytes, defaultQuota ?? NO_QUOTA],
    );
    return count === 1;
  }

  /** Gives an organization that stores nothing yet a quota of its own. */
  async setQuota(organizationId: string, bytes: number, tx: Tx): Promise<void> {
    const sql = 'INSERT INTO storage_usage (organization_id, quota_bytes) VALUES ($1, $2::bigint)';
    await tx.query(sql, [organizationId, bytes]);
  }

  async subtract(organizationId: string, bytes: number, tx: Tx): Promise<void> {
    await tx.query(
      'UPDATE storage_usage SET used_bytes = greatest(0, used_bytes - $2::bigint) WHERE organization_id = $1',
      [organizationId, bytes],
    );
  }

  async find(organizationId: string, db: Tx): Promise<UsageRow | undefined> {
    const [row] = await db.query(
      `SELECT used_bytes AS "usedBytes", quota_bytes AS "quotaBytes"
         FROM storage_usage WHERE organization_id = $1`,
      [organizationId],
    );
    if (!row) return undefined;
    return {
      usedBytes: Number(row.usedBytes),
      quotaBytes: row.quotaBytes === null ? undefined : Number(row.quotaBytes),
    };
  }
}
