import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import type { IdempotencySlot } from './idempotency-key.js';

/** How long an answer can be replayed, in hours. */
const LIFE_HOURS = 24;

@Injectable()
export class IdempotencyRepository {
  /**
   * Takes the slot for this transaction; false when another one holds it. The database frees it when the
   * transaction ends, however it ends, so that no crash leaves a slot behind.
   */
  async take({ organizationId, userId, hash }: IdempotencySlot, tx: Tx): Promise<boolean> {
    const name = `idempotency/${organizationId}/${userId}/${hash.toString('hex')}`;
    const rows = await tx.query('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS taken', [name]);
    return rows[0]?.taken === true;
  }

  /** The sealed answer kept in a slot, unless its life is over. */
  async find({ organizationId, userId, hash }: IdempotencySlot, tx: Tx): Promise<Buffer | undefined> {
    const rows = await tx.query(
      `SELECT sealed FROM idempotency_keys
        WHERE organization_id = $1 AND user_id = $2 AND hash = $3 AND expires_at > now()`,
      [organizationId, userId, hash],
    );
    return rows[0]?.sealed;
  }

  async store({ organizationId, userId, hash }: IdempotencySlot, sealed: Buffer, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO idempotency_keys (organization_id, user_id, hash, sealed, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(hours => $5))
       ON CONFLICT (organization_id, user_id, hash)
       DO UPDATE SET sealed = EXCLUDED.sealed, expires_at = EXCLUDED.expires_at, created_at = now()`,
      [organizationId, userId, hash, sealed, LIFE_HOURS],
    );
  }

  /** Forgets answers whose life is over; returns how many. */
  async deleteExpired(tx: Tx): Promise<number> {
    const [, count] = await tx.query('DELETE FROM idempotency_keys WHERE expires_at <= now()');
    return count;
  }
}
