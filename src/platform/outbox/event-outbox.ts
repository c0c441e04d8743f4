import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import { newId } from '../http/ids.js';

/** News for whoever listens, such as webhooks. */
export interface NewEvent {
  readonly organizationId: string;
  readonly projectId?: string | undefined;
  /** `<resource>.<past tense>`. */
  readonly name: string;
  /** Ids, states and counts; nothing personal. */
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
}

/** How long an event is kept, in days. */
const LIFE_DAYS = 30;

/** News that commits with what it tells of, and is kept until its consumers have read it, at most 30 days. */
@Injectable()
export class EventOutbox {
  async append({ organizationId, projectId, name, data }: NewEvent, tx: Tx): Promise<void> {
    await tx.query(
      'INSERT INTO events (id, organization_id, project_id, name, data) VALUES ($1, $2, $3, $4, $5)',
      [newId('event'), organizationId, projectId ?? null, name, JSON.stringify(data)],
    );
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
