import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { ClaimedDelivery, LoggedAttempt, Outcome } from './delivery.js';
import type { Verdict } from './retry.policy.js';

/** Requests to one webhook at a time, in all processes: a slow receiver takes no more of them than that. */
const PARALLEL = 4;
/** Longest log of one delivery: a schedule, and being sent again a few times. */
const MOST_LOGGED = 50;

const LEASED = `SELECT count(*)::int AS count FROM webhook_deliveries d
  WHERE d.webhook_id = w.id AND d.status = 'pending' AND d.lease_until > $1`;

/** $1 the time. */
const DUE = `d.status = 'pending' AND NOT d.held AND d.next_attempt_at <= $1
  AND (d.lease_until IS NULL OR d.lease_until <= $1)`;

/** Receivers with the fewest requests under way come first, so that those that are quick do not wait for those that are not. */
const LOCK_WEBHOOKS = `
  SELECT w.id FROM webhooks w
   CROSS JOIN LATERAL (${LEASED}) leased
   CROSS JOIN LATERAL (
     SELECT d.next_attempt_at AS at FROM webhook_deliveries d
      WHERE d.webhook_id = w.id AND ${DUE} ORDER BY d.next_attempt_at LIMIT 1) due
   WHERE w.enabled AND (w.resume_at IS NULL OR w.resume_at <= $1) AND leased.count < ${PARALLEL}
   ORDER BY leased.count, due.at LIMIT $2
     FOR NO KEY UPDATE OF w SKIP LOCKED`;

const CLAIM = `
  UPDATE webhook_deliveries d SET attempts = d.attempts + 1, lease_until = $2
    FROM webhooks w, events e
   WHERE w.id = d.webhook_id AND e.id = d.event_id AND d.id IN (
     SELECT c.id FROM unnest($3::text[]) AS w (id)
      CROSS JOIN LATERAL (${LEASED}) leased
      CROSS JOIN LATERAL (
        SELECT d.id FROM webhook_deliveries d WHERE d.webhook_id = w.id AND ${DUE}
         ORDER BY d.next_attempt_at, d.event_id LIMIT greatest(0, ${PARALLEL} - leased.count)) c
      LIMIT $4)
  RETURNING d.id, d.organization_id AS "organizationId", d.webhook_id AS "webhookId", d.attempts AS attempt, d.event,
            e.data, e.created_at AS "createdAt",
            json_build_object('version', w.version, 'names', w.names) AS settings, w.content_sealed AS "contentSealed"`;

/** Takes deliveries for a process, and writes down what became of them. */
@Injectable()
export class DeliveryClaims {
  /**
   * Deliveries that are due, each under a lease; its worker's death ends with that. The first statement keeps other workers
   * from the same webhooks, the second, which sees what they have committed, counts and claims.
   * @param most of them
   */
  async claim(now: Date, leaseUntil: Date, most: number, tx: Tx): Promise<ClaimedDelivery[]> {
    const webhooks: { id: string }[] = await tx.query(LOCK_WEBHOOKS, [now, most]);
    if (webhooks.length === 0) return [];
    const ids = webhooks.map(({ id }) => id);
    const [rows] = await tx.query(CLAIM, [now, leaseUntil, ids, most]);
    return rows.map(claimedOf);
  }

  /** What a lease is worth: undefined when the delivery was given to somebody else, is gone, or is not to be sent any more. */
  async hold(
    { organizationId, id, attempt }: ClaimedDelivery,
    tx: Tx,
  ): Promise<{ readonly failures: number; readonly subject: string } | undefined> {
    const sql = `SELECT failures, subject FROM webhook_deliveries
                  WHERE organization_id = $1 AND id = $2 AND attempts = $3 AND status = 'pending' FOR UPDATE`;
    return (await tx.query(sql, [organizationId, id, attempt]))[0];
  }

  async settle(
    { organizationId, id }: ClaimedDelivery,
    { status, nextAttemptAt }: Verdict,
    outcome: Outcome,
    now: Date,
    tx: Tx,
  ): Promise<void> {
    const line: LoggedAttempt = {
      at: now.toISOString(),
      status: outcome.status ?? null,
      fault: outcome.fault ?? null,
      duration_ms: outcome.durationMs,
    };
    await tx.query(
      `UPDATE webhook_deliveries
          SET status = $3, next_attempt_at = coalesce($4, next_attempt_at), failures = failures + $5, lease_until = NULL,
              attempted_at = $6, response_status = $7, fault = $8,
              attempt_log = CASE WHEN jsonb_array_length(attempt_log) >= ${MOST_LOGGED} THEN attempt_log - 0
                                 ELSE attempt_log END || $9::jsonb
        WHERE organization_id = $1 AND id = $2`,
      [
        ...[organizationId, id, status, nextAttemptAt ?? null, outcome.fault === undefined ? 0 : 1],
        ...[now, line.status, line.fault, JSON.stringify([line])],
      ],
    );
  }

  /** An attempt that was not made, or whose end nobody saw: another worker makes it at once. */
  async giveBack({ organizationId, id, attempt }: ClaimedDelivery, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE webhook_deliveries SET lease_until = NULL
        WHERE organization_id = $1 AND id = $2 AND attempts = $3 AND status = 'pending'`,
      [organizationId, id, attempt],
    );
  }
}

type ClaimedRow = Omit<ClaimedDelivery, 'webhook'> & {
  readonly settings: { readonly version: number; readonly names: boolean };
  readonly contentSealed: Buffer;
};

const claimedOf = ({ settings, contentSealed, ...row }: ClaimedRow): ClaimedDelivery => ({
  ...row,
  webhook: { id: row.webhookId, organizationId: row.organizationId, ...settings, contentSealed },
});
