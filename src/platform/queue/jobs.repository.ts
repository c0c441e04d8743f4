import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import type { Job } from './job.js';

/** A job's columns as {@link Job} names them. */
export const JOB_COLUMNS = `
  id, organization_id AS "organizationId", project_id AS "projectId", created_by AS "createdBy", type, version, status,
  items_total AS "itemsTotal", items_completed AS "itemsCompleted", items_failed AS "itemsFailed",
  items_completed + items_failed - items_at_resume AS "itemsSinceResume",
  coalesce(extract(epoch FROM coalesce(finished_at, now()) - resumed_at), 0)::float8 AS "runningSeconds",
  reference, error_code AS "errorCode", created_at AS "createdAt", started_at AS "startedAt",
  finished_at AS "finishedAt", updated_at AS "updatedAt"`;

/** A job to be stored. */
export interface JobRow {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId?: string | undefined;
  readonly createdBy: string;
  readonly credentialId: string;
  readonly requestId: string;
  readonly type: string;
  readonly version: number;
  readonly reference: Readonly<Record<string, string>>;
  readonly items: number;
  readonly tasks: number;
  readonly sequential?: boolean | undefined;
}

/** What changes on a job when some of its tasks end or are opened again; numbers may be negative. */
export interface Progress {
  readonly completed: number;
  readonly failed: number;
  readonly tasksOpen: number;
  /** Of a task that failed. */
  readonly errorCode?: string;
}

const INSERT = `
  INSERT INTO jobs (id, organization_id, project_id, created_by, credential_id, request_id, type, version, reference,
                    items_total, tasks_open, sequential)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

const MARK_RUNNING = `
  UPDATE jobs SET status = 'running', started_at = coalesce(started_at, now()), resumed_at = now(),
                  items_at_resume = items_completed + items_failed, updated_at = now()
   WHERE organization_id = $1 AND id = $2 AND status = 'queued'`;

const ADVANCE = `
  UPDATE jobs SET items_completed = items_completed + $3, items_failed = items_failed + $4,
                  tasks_open = tasks_open + $5, error_code = coalesce($6, error_code), updated_at = now()
   WHERE organization_id = $1 AND id = $2 RETURNING tasks_open AS "tasksOpen", sequential`;

/** A job with an item done is completed, however many failed; one with failures alone has failed. */
const END = `
  UPDATE jobs j SET finished_at = now(), updated_at = now(),
         status = CASE WHEN j.items_completed > 0 THEN 'completed' WHEN j.items_failed > 0 OR t.failed THEN 'failed'
                       WHEN t.completed THEN 'completed' ELSE 'cancelled' END
    FROM (SELECT coalesce(bool_or(status = 'completed'), false) AS completed,
                 coalesce(bool_or(status = 'failed'), false) AS failed
            FROM tasks WHERE organization_id = $1 AND job_id = $2) t
   WHERE j.organization_id = $1 AND j.id = $2`;

const REOPEN = `
  UPDATE jobs SET status = 'queued', finished_at = NULL, error_code = NULL
   WHERE organization_id = $1 AND id = $2 AND status IN ('completed', 'failed', 'cancelled')`;

@Injectable()
export class JobsRepository {
  async insert(job: JobRow, tx: Tx): Promise<void> {
    const { organizationId, projectId = null, createdBy, credentialId, requestId } = job;
    const owner = [job.id, organizationId, projectId, createdBy, credentialId, requestId];
    const work = [
      job.type,
      job.version,
      JSON.stringify(job.reference),
      job.items,
      job.tasks,
      job.sequential ?? false,
    ];
    await tx.query(INSERT, [...owner, ...work]);
  }

  /** The job of a task or of an intent, which cannot be without one. */
  async get(organizationId: string, id: string, db: Tx): Promise<Job> {
    const sql = `SELECT ${JOB_COLUMNS} FROM jobs WHERE organization_id = $1 AND id = $2`;
    const [job] = await db.query(sql, [organizationId, id]);
    if (!job) throw new Error('there is no such job');
    return job;
  }

  /** Jobs by id, in no order; those that are not there are left out. */
  list(organizationId: string, ids: readonly string[], db: Tx): Promise<Job[]> {
    const sql = `SELECT ${JOB_COLUMNS} FROM jobs WHERE organization_id = $1 AND id = ANY($2::text[])`;
    return db.query(sql, [organizationId, ids]);
  }

  /** Whether a job of this kind and about this has not ended; of all organizations when none is named. */
  async hasOpen(
    type: string,
    reference: Readonly<Record<string, string>>,
    organizationId: string | undefined,
    db: Tx,
  ): Promise<boolean> {
    const rows = await db.query(
      `SELECT FROM jobs WHERE type = $1 AND reference @> $2 AND status IN ('queued', 'running')
          AND organization_id = coalesce($3, organization_id) LIMIT 1`,
      [type, JSON.stringify(reference), organizationId ?? null],
    );
    return rows.length > 0;
  }

  /** Says that a task was taken; the first one starts the job. */
  async markRunning(organizationId: string, id: string, tx: Tx): Promise<void> {
    await tx.query(MARK_RUNNING, [organizationId, id]);
  }

  /**
   * Adds to the counters; returns how many tasks are open, and whether they wait for one another. Locks the job until the transaction ends, so that of
   * several tasks ending at once one sees that it is the last.
   */
  async advance(
    organizationId: string,
    id: string,
    progress: Progress,
    tx: Tx,
  ): Promise<{ readonly tasksOpen: number; readonly sequential: boolean }> {
    const { completed, failed, tasksOpen, errorCode = null } = progress;
    const values = [organizationId, id, completed, failed, tasksOpen, errorCode];
    const [rows] = await tx.query(ADVANCE, values);
    return rows[0];
  }

  /** Ends a job that has no open task, by what became of its items. */
  async end(organizationId: string, id: string, tx: Tx): Promise<void> {
    await tx.query(END, [organizationId, id]);
  }

  async markCancelled(organizationId: string, id: string, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE jobs SET status = 'cancelled', tasks_open = 0, finished_at = now(), updated_at = now()
        WHERE organization_id = $1 AND id = $2`,
      [organizationId, id],
    );
  }

  /** Opens a job again that had ended; one that runs stays as it is. */
  async reopen(organizationId: string, id: string, tx: Tx): Promise<void> {
    await tx.query(REOPEN, [organizationId, id]);
  }
}
