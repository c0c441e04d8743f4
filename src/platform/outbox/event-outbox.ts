import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import { newId } from '../http/ids.js';
import type { NewEvent } from './event.js';
import { EventConsumers } from './event-consumers.js';
import { EventDeliveries } from './event-deliveries.repository.js';

/** How long an event is kept, in days. */
const LIFE_DAYS = 30;

/** News that commits with what it tells of, and is kept until its consumers have read it, at most 30 days. */
@Injectable()
export class EventOutbox {
  constructor(
    private readonly consumers: EventConsumers,
    private readonly deliveries: EventDeliveries,
  ) {}

  async append({ organizationId, projectId, name, data }: NewEvent, tx: Tx): Promise<void> {
    const id = newId('event');
    await tx.query(
      'INSERT INTO events (id, organization_id, project_id, name, data) VALUES ($1, $2, $3, $4, $5)',
      [id, organizationId, projectId ?? null, name, JSON.stringify(data)],
    );
    await this.deliveries.insert(id, this.consumers.namesFor(name), tx);
  }

  /** Forgets events whose time is over; returns how many. */
  async deleteOld(tx: Tx): Promise<number> {
    const [, count] = await tx.query(
      'DELETE FROM events WHERE created_at < now() - make_interval(days => $1)',
      [LIFE_DAYS],
    );
    return count;
  }
}
