import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import type { Task } from './job.js';
import { isItsTurn, TASK_COLUMNS } from './tasks.repository.js';

/** Most tasks one sweep takes on; the next one goes on. */
const BATCH = 500;
/** Longest wait after a crash, in seconds. */
const MAX_CRASH_DELAY = 30;

const LIST_EXPIRED = `
  SELECT id FROM tasks WHERE status = 'running' AND lease_until < now() ORDER BY lease_until LIMIT ${BATCH}`;

/** The first crash costs no wait, then it doubles from 1 s: a task that kills its worker must not kill all of them. */
const REQUEUE = `
  UPDATE tasks SET status = 'queued', crashes = crashes + 1, lease_token = NULL, lease_until = NULL, updated_at = now(),
                   run_after = now() + make_interval(secs => least(${MAX_CRASH_DELAY}, power(2, crashes) - 1))
   WHERE id = $1 AND status = 'running' AND lease_until < now() AND crashes < $2
  RETURNING ${TASK_COLUMNS}, greatest(0, extract(epoch FROM run_after - now()))::float8 AS "delaySeconds"`;

const GIVE_UP = `
  UPDATE tasks SET status = 'failed', crashes = crashes + 1, error_code = $3, items_failed = items, lease_token = NULL,
                   lease_until = NULL, finished_at = now(), updated_at = now()
   WHERE id = $1 AND status = 'running' AND lease_until < now() AND crashes >= $2 RETURNING ${TASK_COLUMNS}`;

const LIST_UNCALLED = `
  SELECT id, organization_id AS "organizationId" FROM tasks t
   WHERE status = 'queued' AND run_after < now() - make_interval(secs => $2)
     AND type || '@' || version = ANY($1::text[])
     AND ${isItsTurn('t')}
     AND NOT EXISTS (SELECT 1 FROM outbox o
                      WHERE o.task_id = t.id
                        AND (o.published_at IS NULL OR o.published_at > now() - make_interval(secs => $2)))
   ORDER BY run_after LIMIT ${BATCH}`;

/** Tasks that a crash left behind, whatever their tenant. */
@Injectable()
export class LostTasksRepository {
  /** Running tasks whose lease is over. */
  async listExpired(db: Tx): Promise<string[]> {
    const rows: { id: string }[] = await db.query(LIST_EXPIRED);
    return rows.map(({ id }) => id);
  }

  /** Queues one of them again, unless it has lost `mostCrashes` workers already. */
  async requeue(
    id: string,
    mostCrashes: number,
    tx: Tx,
  ): Promise<(Task & { readonly delaySeconds: number }) | undefined> {
    const [rows] = await tx.query(REQUEUE, [id, mostCrashes]);
    return rows[0];
  }

  /** Ends one of them that has lost `mostCrashes` workers already. */
  async giveUp(id: string, mostCrashes: number, errorCode: string, tx: Tx): Promise<Task | undefined> {
    const [rows] = await tx.query(GIVE_UP, [id, mostCrashes, errorCode]);
    return rows[0];
  }

  /** Tasks of these kinds, due for `seconds`, for which no call was published in that time. */
  listUncalled(
    kinds: readonly string[],
    seconds: number,
    db: Tx,
  ): Promise<Pick<Task, 'id' | 'organizationId'>[]> {
    return db.query(LIST_UNCALLED, [kinds, seconds]);
  }

  /** Kinds of unfinished tasks beside these, with their number. */
  listUnknownKinds(kinds: readonly string[], db: Tx): Promise<{ kind: string; tasks: number }[]> {
    return db.query(
      `SELECT type || '@' || version AS kind, count(*)::int AS tasks FROM tasks
        WHERE status IN ('queued', 'running') AND type || '@' || version <> ALL($1::text[]) GROUP BY kind`,
      [kinds],
    );
  }
}
