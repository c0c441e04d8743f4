import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import { newId } from '../http/ids.js';

/** Channel of PostgreSQL's NOTIFY on which a commit tells the relay that there is something to publish. */
export const OUTBOX_CHANNEL = 'redoubt_outbox';

/** An intent to call a worker, not yet published. */
export interface Intent {
  readonly id: string;
  readonly taskId: string;
  /** How long the call should wait, in milliseconds; 0 when it is due. */
  readonly delayMs: number;
}

const INSERT = `
  INSERT INTO outbox (id, organization_id, task_id, available_at)
  SELECT unnest($1::text[]), $2, unnest($3::text[]), now() + make_interval(secs => $4)`;

/** The delay is the database's reckoning: clocks of other machines do not matter. */
const LIST_UNPUBLISHED = `
  SELECT id, task_id AS "taskId",
         greatest(0, ceil(extract(epoch FROM available_at - now()) * 1000))::int AS "delayMs"
    FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT $1`;

/**
 * Intents to call a worker for a task. They commit with the task, and the relay publishes them: so neither a task
 * without a call nor a call without a task survives a crash.
 */
@Injectable()
export class TaskOutbox {
  /** Asks that workers be called for these tasks of one organization, `delaySeconds` after the commit. */
  async append(organizationId: string, taskIds: readonly string[], tx: Tx, delaySeconds = 0): Promise<void> {
    if (taskIds.length === 0) return;
    const ids = taskIds.map(() => newId('intent'));
    await tx.query(INSERT, [ids, organizationId, taskIds, delaySeconds]);
    await tx.query('SELECT pg_notify($1, $2)', [OUTBOX_CHANNEL, '']);
  }

  /** The oldest intents nobody has published. */
  listUnpublished(limit: number, db: Tx): Promise<Intent[]> {
    return db.query(LIST_UNPUBLISHED, [limit]);
  }

  async markPublished(ids: readonly string[], tx: Tx): Promise<void> {
    await tx.query('UPDATE outbox SET published_at = now() WHERE id = ANY($1::text[])', [ids]);
  }

  /** Forgets intents that were published more than an hour ago; returns how many. */
  async deletePublished(tx: Tx): Promise<number> {
    const [, count] = await tx.query("DELETE FROM outbox WHERE published_at < now() - interval '1 hour'");
    return count;
  }
}
