import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import { newId } from '../http/ids.js';
import type { JobStatus, Task } from './job.js';
import type { NewTask } from './task-definition.js';

/** A task's columns as {@link Task} names them. */
export const TASK_COLUMNS = `
  id, job_id AS "jobId", organization_id AS "organizationId", type, version, position, input, items,
  items_failed AS "itemsFailed", status, attempts, crashes, max_attempts AS "maxAttempts", run_after AS "runAfter",
  error_code AS "errorCode", created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt",
  updated_at AS "updatedAt"`;

/** A task that a worker holds: whoever shows the token, while it is the newest, may finish it. */
export interface Lease {
  readonly taskId: string;
  readonly token: string;
}

const INSERT = `
  INSERT INTO tasks (id, job_id, organization_id, type, version, position, input, items, max_attempts)
  SELECT t.id, $1, $2, t.type, t.version, t.position - 1, t.input, t.items, t.max_attempts
    FROM unnest($3::text[], $4::text[], $5::int[], $6::jsonb[], $7::int[], $8::int[])
         WITH ORDINALITY AS t (id, type, version, input, items, max_attempts, position)`;

/** Of a job whose tasks go one after another: none runs, and none before this one is queued. */
export const isItsTurn = (task: string): string => `
  NOT EXISTS (SELECT FROM jobs JOIN tasks other ON other.job_id = jobs.id
               WHERE jobs.id = ${task}.job_id AND jobs.sequential AND other.id <> ${task}.id
                 AND (other.status = 'running' OR (other.status = 'queued' AND other.position < ${task}.position)))`;

/** Whose organization has ended is nobody's task any more, from the moment of that end. */
const HAS_TENANT = `
  NOT EXISTS (SELECT FROM organizations o WHERE o.id = tasks.organization_id AND o.deleted_at IS NOT NULL)`;

const CLAIM = `
  UPDATE tasks SET status = 'running', lease_token = gen_random_uuid(),
                   lease_until = now() + make_interval(secs => $2), attempts = attempts + 1,
                   started_at = coalesce(started_at, now()), updated_at = now()
   WHERE id = $1 AND status = 'queued' AND run_after <= now() AND type || '@' || version = ANY($3::text[])
     AND ${isItsTurn('tasks')} AND ${HAS_TENANT}
  RETURNING ${TASK_COLUMNS}, lease_token AS "token"`;

/** Rows are locked in the order of their ids, as whoever cancels a job does: else both could wait for each other. */
const RENEW = `
  WITH held AS (
    SELECT tasks.id FROM tasks JOIN unnest($1::text[], $2::uuid[]) AS lease (id, token)
        ON tasks.id = lease.id AND lease_token = lease.token
     WHERE status = 'running' AND ${HAS_TENANT}
     ORDER BY tasks.id FOR NO KEY UPDATE OF tasks)
  UPDATE tasks SET lease_until = now() + make_interval(secs => $3)
    FROM held WHERE tasks.id = held.id
  RETURNING tasks.id`;

const HELD = `WHERE id = $1 AND lease_token = $2 AND status = 'running' AND ${HAS_TENANT}`;

const FINISH = `
  UPDATE tasks SET status = $3, error_code = $4, items_failed = CASE WHEN $3 = 'failed' THEN items ELSE 0 END,
                   lease_token = NULL, lease_until = NULL, finished_at = now(), updated_at = now() ${HELD}
  RETURNING ${TASK_COLUMNS}`;

const PUT_BACK = `
  UPDATE tasks SET status = 'queued', attempts = attempts - $3, run_after = now() + make_interval(secs => $4),
                   error_code = $5, lease_token = NULL, lease_until = NULL, updated_at = now() ${HELD}`;

const CLOSE = `
  UPDATE tasks SET status = $2, error_code = $3, items_failed = CASE WHEN $2 = 'failed' THEN items ELSE 0 END,
                   lease_token = NULL, lease_until = NULL, finished_at = now(), updated_at = now()
   WHERE id = ANY($1::text[]) RETURNING ${TASK_COLUMNS}`;

const REOPEN = `
  UPDATE tasks SET status = 'queued', attempts = 0, crashes = 0, items_failed = 0, run_after = now(),
                   error_code = NULL, finished_at = NULL, updated_at = now() WHERE id = ANY($1::text[])`;

@Injectable()
export class TasksRepository {
  /** Returns the ids, in order. */
  async insert(
    job: { readonly id: string; readonly organizationId: string },
    tasks: readonly NewTask[],
    tx: Tx,
  ): Promise<string[]> {
    const ids = tasks.map(() => newId('task'));
    await tx.query(INSERT, [
      job.id,
      job.organizationId,
      ids,
      tasks.map(({ definition }) => definition.type),
      tasks.map(({ definition }) => definition.version),
      tasks.map(({ input }) => JSON.stringify(input)),
      tasks.map(({ items }) => items),
      tasks.map(({ definition }) => definition.maxAttempts),
    ]);
    return ids;
  }

  /**
   * Takes a task that is queued and due, of a kind this worker knows (`type@version`); undefined when there is
   * nothing to take. Of several workers called for the same task one gets it.
   */
  async claim(
    id: string,
    kinds: readonly string[],
    leaseSeconds: number,
    tx: Tx,
  ): Promise<(Task & { readonly token: string }) | undefined> {
    const [rows] = await tx.query(CLAIM, [id, leaseSeconds, kinds]);
    return rows[0];
  }

  /** The first task of a job that is queued. */
  async firstQueued(organizationId: string, jobId: string, db: Tx): Promise<string | undefined> {
    const rows = await db.query(
      `SELECT id FROM tasks WHERE organization_id = $1 AND job_id = $2 AND status = 'queued' ORDER BY position LIMIT 1`,
      [organizationId, jobId],
    );
    return rows[0]?.id;
  }

  /** Holds on to tasks; returns the ids of those that are still held by these tokens. */
  async renew(leases: readonly Lease[], leaseSeconds: number, db: Tx): Promise<string[]> {
    const ids = leases.map(({ taskId }) => taskId);
    const tokens = leases.map(({ token }) => token);
    const [rows] = await db.query(RENEW, [ids, tokens, leaseSeconds]);
    return rows.map(({ id }: { id: string }) => id);
  }

  /** Ends a held task, and returns it as it is then; undefined when it is no longer held by this token. */
  async finish(
    { taskId, token }: Lease,
    status: 'completed' | 'failed',
    errorCode: string | null,
    tx: Tx,
  ): Promise<Task | undefined> {
    const [rows] = await tx.query(FINISH, [taskId, token, status, errorCode]);
    return rows[0];
  }

  /** Whether a task is still in this attempt; if so it ends only after the transaction has. */
  async isInAttempt({ id, attempts }: Pick<Task, 'id' | 'attempts'>, tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      "SELECT FROM tasks WHERE id = $1 AND attempts = $2 AND status = 'running' FOR SHARE",
      [id, attempts],
    );
    return rows.length === 1;
  }

  async setItemsFailed(id: string, itemsFailed: number, tx: Tx): Promise<void> {
    await tx.query('UPDATE tasks SET items_failed = $2 WHERE id = $1', [id, itemsFailed]);
  }

  /**
   * Puts a held task back into the queue; false when it is no longer held by this token.
   * @param uncounted 1 when the attempt does not count
   */
  async putBack(
    { taskId, token }: Lease,
    back: { readonly uncounted: 0 | 1; readonly delaySeconds: number; readonly errorCode: string | null },
    tx: Tx,
  ): Promise<boolean> {
    const values = [taskId, token, back.uncounted, back.delaySeconds, back.errorCode];
    const [, count] = await tx.query(PUT_BACK, values);
    return count === 1;
  }

  /** Locks those tasks of a job, or the one named, that have one of these statuses; in the order every lock is taken. */
  lock(
    organizationId: string,
    { jobId, taskId }: { readonly jobId: string; readonly taskId?: string | undefined },
    statuses: readonly JobStatus[],
    tx: Tx,
  ): Promise<Task[]> {
    return tx.query(
      `SELECT ${TASK_COLUMNS} FROM tasks
        WHERE organization_id = $1 AND job_id = $2 AND ($3::text IS NULL OR id = $3) AND status = ANY($4::text[])
        ORDER BY position FOR NO KEY UPDATE`,
      [organizationId, jobId, taskId ?? null, statuses],
    );
  }

  /** Ends tasks that the caller has locked, and returns them as they are then. */
  async close(
    ids: readonly string[],
    status: 'failed' | 'cancelled',
    errorCode: string | null,
    tx: Tx,
  ): Promise<Task[]> {
    const [rows] = await tx.query(CLOSE, [ids, status, errorCode]);
    return rows;
  }

  /** Opens tasks again that the caller has locked, with all their attempts. */
  async reopen(ids: readonly string[], tx: Tx): Promise<void> {
    await tx.query(REOPEN, [ids]);
  }
}
