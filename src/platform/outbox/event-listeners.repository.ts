import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';

/** The condition that a consumer listens for an organization. */
export const listensTo = (consumer: string, organizationId: string): string =>
  `EXISTS (SELECT FROM event_listeners l WHERE l.organization_id = ${organizationId} AND l.consumer = ${consumer})`;

/** For which organizations consumers of all events listen. They say so with what they listen for, in one transaction. */
@Injectable()
export class EventListeners {
  /** Whoever says so twice at once does not matter. */
  async listen(consumer: string, organizationId: string, tx: Tx): Promise<void> {
    await tx.query(
      'INSERT INTO event_listeners (organization_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [organizationId, consumer],
    );
  }

  async stopListening(consumer: string, organizationId: string, tx: Tx): Promise<void> {
    const sql = 'DELETE FROM event_listeners WHERE organization_id = $1 AND consumer = $2';
    await tx.query(sql, [organizationId, consumer]);
  }
}
