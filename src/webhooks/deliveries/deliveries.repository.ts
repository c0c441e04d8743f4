import { Injectable } from '@nestjs/common';
import { listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Delivery, DeliveryFilter, DeliveryStatus, ShownDelivery } from './delivery.js';

const COLUMNS = `
  id, organization_id AS "organizationId", webhook_id AS "webhookId", event_id AS "eventId", event, subject, status, held,
  attempts, next_attempt_at AS "nextAttemptAt", attempted_at AS "attemptedAt", response_status AS "responseStatus",
  fault, created_at AS "createdAt"`;

const SORT = { created_at: { column: 'created_at', type: 'timestamptz' } } as const;

/** Which webhook's. */
export interface DeliveryOwner {
  readonly organizationId: string;
  readonly webhookId: string;
}

/** An event that is to be delivered. */
export interface DeliveryOrder extends DeliveryOwner {
  readonly eventId: string;
  readonly event: string;
  readonly subject: string;
  readonly status: DeliveryStatus;
  /** Whether it has to wait for earlier ones about the same thing. */
  readonly ordered: boolean;
}

/**
 * What is to be delivered, and what became of it. Whatever moves deliveries in or out of line does so under the lock of their
 * webhook, so that at most the first about one thing is not held.
 */
@Injectable()
export class DeliveriesRepository {
  /** One a webhook and event, whoever asks how often. @returns its id */
  async insert(order: DeliveryOrder, now: Date, tx: Tx): Promise<string> {
    const { organizationId, webhookId, eventId, event, subject, status, ordered } = order;
    const id = newId('whd');
    await tx.query(
      `INSERT INTO webhook_deliveries
         (id, organization_id, webhook_id, event_id, event, subject, status, next_attempt_at, created_at, held)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9 AND EXISTS (
         SELECT FROM webhook_deliveries WHERE webhook_id = $3 AND subject = $6 AND status = 'pending' AND event_id < $4))
       ON CONFLICT (webhook_id, event_id) DO NOTHING`,
      [id, organizationId, webhookId, eventId, event, subject, status, now, ordered],
    );
    return id;
  }

  list(
    { organizationId, webhookId }: DeliveryOwner,
    { statuses, event, from, to }: DeliveryFilter,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<Delivery>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['webhook_id = ?', webhookId],
      ['status = ANY(?::text[])', statuses],
      ['event = ?', event],
      ['created_at >= ?', from],
      ['created_at < ?', to],
    ] as const;
    return listRows({ select: COLUMNS, from: 'webhook_deliveries', where, sort: SORT }, listing, db);
  }

  async find(
    { organizationId, webhookId }: DeliveryOwner,
    id: string,
    db: Tx,
  ): Promise<ShownDelivery | undefined> {
    const [row] = await db.query(
      `SELECT ${COLUMNS}, attempt_log AS log, (SELECT e.data FROM events e WHERE e.id = event_id) AS data,
              (SELECT e.created_at FROM events e WHERE e.id = event_id) AS "happenedAt"
         FROM webhook_deliveries WHERE organization_id = $1 AND webhook_id = $2 AND id = $3`,
      [organizationId, webhookId, id],
    );
    return row;
  }

  /**
   * Puts deliveries in line again, the earliest first. One that is under way stays so.
   * @param id of one, or undefined for all that the filter leaves
   * @returns the ids
   */
  async again(
    { organizationId, webhookId }: DeliveryOwner,
    id: string | undefined,
    { statuses, event, from, to }: DeliveryFilter,
    { now, most }: { readonly now: Date; readonly most: number },
    tx: Tx,
  ): Promise<string[]> {
    const [rows] = await tx.query(
      `UPDATE webhook_deliveries
          SET failures = 0, next_attempt_at = $3, held = false, status = 'pending',
              lease_until = CASE WHEN status = 'pending' THEN lease_until END
        WHERE id IN (
          SELECT id FROM webhook_deliveries
           WHERE organization_id = $1 AND webhook_id = $2 AND ($4::text IS NULL OR id = $4)
             AND ($5::text[] IS NULL OR status = ANY($5)) AND ($6::text IS NULL OR event = $6)
             AND ($7::timestamptz IS NULL OR created_at >= $7) AND ($8::timestamptz IS NULL OR created_at < $8)
           ORDER BY created_at, id LIMIT $9)
        RETURNING id`,
      [
        organizationId,
        webhookId,
        now,
        id ?? null,
        statuses ?? null,
        event ?? null,
        from ?? null,
        to ?? null,
        most,
      ],
    );
    return rows.map((row: { id: string }) => row.id);
  }

  /** What is in line for a webhook is not tried any more. */
  async skipPending({ organizationId, webhookId }: DeliveryOwner, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE webhook_deliveries SET status = 'skipped', held = false, lease_until = NULL
        WHERE organization_id = $1 AND webhook_id = $2 AND status = 'pending'`,
      [organizationId, webhookId],
    );
  }

  /** Holds all but the first about each thing, or lets all go. */
  async arrange({ organizationId, webhookId }: DeliveryOwner, ordered: boolean, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE webhook_deliveries d SET held = w.held
         FROM (SELECT id, $3 AND row_number() OVER (PARTITION BY subject ORDER BY event_id) > 1 AS held
                 FROM webhook_deliveries
                WHERE organization_id = $1 AND webhook_id = $2 AND status = 'pending') w
        WHERE d.id = w.id AND d.held <> w.held`,
      [organizationId, webhookId, ordered],
    );
  }

  /** Lets the next about a thing go, now that there is none before it. */
  async releaseNext({ organizationId, webhookId }: DeliveryOwner, subject: string, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE webhook_deliveries SET held = false
        WHERE held AND id = (
          SELECT id FROM webhook_deliveries
           WHERE organization_id = $1 AND webhook_id = $2 AND subject = $3 AND status = 'pending'
           ORDER BY event_id LIMIT 1)`,
      [organizationId, webhookId, subject],
    );
  }

  /** How many are pending anywhere, and how long the oldest has been. */
  async backlog(db: Tx): Promise<{ readonly waiting: number; readonly seconds: number }> {
    const sql = `
      SELECT count(*)::int AS waiting,
             coalesce(greatest(0, extract(epoch FROM now() - min(created_at))), 0)::float8 AS seconds
        FROM webhook_deliveries WHERE status = 'pending'`;
    return (await db.query(sql))[0];
  }

  /** Forgets some of those whose time is over. @returns how many */
  async deleteSome(days: number, most: number, now: Date, tx: Tx): Promise<number> {
    const [, count] = await tx.query(
      `DELETE FROM webhook_deliveries WHERE id IN (
         SELECT id FROM webhook_deliveries WHERE created_at < $1::timestamptz - make_interval(days => $2)
          ORDER BY created_at LIMIT $3)`,
      [now, days, most],
    );
    return count;
  }
}
