import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type * as Entries from '../log/log-entry.js';
import { ENTRY_COLUMNS } from '../trees/row-columns.js';

export interface PendingRow extends Entries.LogRow {
  readonly sealedDigest: Buffer;
  readonly isOfSandbox: boolean;
}

const TAKE = `
  WITH taken AS (
    DELETE FROM audit_pending WHERE ctid = ANY(ARRAY(SELECT ctid FROM audit_pending LIMIT $1)) RETURNING number)
  SELECT ${ENTRY_COLUMNS}, coalesce(sha256(l.sealed), l.sealed_digest) AS "sealedDigest", o.sandbox_of IS NOT NULL AS "isOfSandbox"
    FROM taken JOIN audit_logs l ON l.number = taken.number JOIN organizations o ON o.id = l.organization_id
   WHERE NOT EXISTS (SELECT FROM audit_leaves WHERE number = l.number)
   ORDER BY l.number`;

/** So far back a process of an older release may have written without queueing. */
const LOOK_BACK = 100_000;

const QUEUE_MISSED = `
  INSERT INTO audit_pending (organization_id, number)
  SELECT organization_id, number FROM audit_logs l
   WHERE number > (SELECT coalesce(max(number), 0) - ${LOOK_BACK} FROM audit_logs)
     AND NOT EXISTS (SELECT FROM audit_leaves WHERE number = l.number)
     AND NOT EXISTS (SELECT FROM audit_pending WHERE number = l.number)
     AND NOT EXISTS (SELECT FROM audit_parked WHERE organization_id = l.organization_id AND number = l.number)
   ORDER BY number`;

/** Audit rows that wait for their place in the log. */
@Injectable()
export class PendingRowsRepository {
  /** Takes rows out of the queue, some of the first that came, in the order of their numbers. Those of sandboxes that ended are gone; one that has its place needs none. */
  async take(limit: number, tx: Tx): Promise<PendingRow[]> {
    return tx.query(TAKE, [limit]);
  }

  /** Lays rows aside that cannot have their places yet. */
  async park(rows: readonly PendingRow[], tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO audit_parked (organization_id, number) SELECT * FROM unnest($1::text[], $2::bigint[])
       ON CONFLICT DO NOTHING`,
      [rows.map(({ organizationId }) => organizationId), rows.map(({ number }) => number)],
    );
  }

  /** Queues what was laid aside for an organization. */
  async queueParked(organizationId: string, tx: Tx): Promise<void> {
    await tx.query(
      `WITH parked AS (DELETE FROM audit_parked WHERE organization_id = $1 RETURNING organization_id, number)
       INSERT INTO audit_pending (organization_id, number) SELECT organization_id, number FROM parked ORDER BY number`,
      [organizationId],
    );
  }

  async hasAny(db: Tx): Promise<boolean> {
    return (await db.query('SELECT EXISTS (SELECT FROM audit_pending) AS any'))[0].any;
  }

  /** Queues rows that a process wrote without, as those of older releases do while an upgrade is under way. Whoever asks holds the trees. */
  async queueMissed(tx: Tx): Promise<void> {
    await tx.query(QUEUE_MISSED);
  }
}
