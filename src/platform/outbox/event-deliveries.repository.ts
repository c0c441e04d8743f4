import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import type { StoredEvent } from './event.js';
import type { ToldConsumer } from './event-consumers.js';
import { listensTo } from './event-listeners.repository.js';

/** Channel of PostgreSQL's NOTIFY on which a commit tells that there is an event to hand over. */
export const EVENTS_CHANNEL = 'redoubt_events';

/** An event on its way to one consumer. */
export interface Delivery extends StoredEvent {
  /** How often it was tried before. */
  readonly attempts: number;
}

/** The row stays locked until the transaction ends: two leaders at once hand nothing over twice. */
const TAKE = `
  DELETE FROM event_deliveries d USING events e
   WHERE d.consumer = $1 AND e.id = d.event_id
     AND d.event_id = (SELECT event_id FROM event_deliveries WHERE consumer = $1 AND run_after <= now()
                        ORDER BY event_id LIMIT 1 FOR UPDATE)
  RETURNING e.id, e.organization_id AS "organizationId", e.project_id AS "projectId", e.name, e.data,
            e.created_at AS "createdAt", d.attempts`;

const NOTE = `
  WITH noted AS (
    INSERT INTO event_deliveries (consumer, event_id)
    SELECT wanted.consumer, e.id FROM events e CROSS JOIN unnest($1::text[], $2::bool[]) AS wanted (consumer, listens)
     WHERE e.id = $3 AND (NOT wanted.listens OR ${listensTo('wanted.consumer', 'e.organization_id')})
    RETURNING event_id)
  SELECT pg_notify($4, '') FROM noted LIMIT 1`;

/** Doubles from 1 s. */
const POSTPONE = `
  UPDATE event_deliveries
     SET attempts = attempts + 1, run_after = now() + make_interval(secs => least($3, power(2, attempts)))
   WHERE consumer = $1 AND event_id = $2`;

/** Events that consumers have not taken yet; those of an event go with it. */
@Injectable()
export class EventDeliveries {
  /** Notes whom an event is for, in the transaction that writes it. */
  async insert(eventId: string, consumers: readonly ToldConsumer[], tx: Tx): Promise<void> {
    if (consumers.length === 0) return;
    await tx.query(NOTE, [
      consumers.map(({ name }) => name),
      consumers.map(({ listens }) => listens),
      eventId,
      EVENTS_CHANNEL,
    ]);
  }

  /** Strikes out the first delivery of a consumer that is due, for as long as the transaction does not roll back. */
  async take(consumer: string, tx: Tx): Promise<Delivery | undefined> {
    const [rows] = await tx.query(TAKE, [consumer]);
    return rows[0];
  }

  /** @param mostSeconds longest pause */
  async postpone(consumer: string, eventId: string, mostSeconds: number, tx: Tx): Promise<void> {
    await tx.query(POSTPONE, [consumer, eventId, mostSeconds]);
  }

  async drop(consumer: string, eventId: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM event_deliveries WHERE consumer = $1 AND event_id = $2', [consumer, eventId]);
  }
}
