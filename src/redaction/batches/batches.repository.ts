import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Counts } from '../entity-counts.js';
import type { Batch, BatchOwner } from './batch.js';

/** Longest life of a batch from its acceptance, and of its results from the end of its job, in hours. */
const LIFE_HOURS = 48;
const RESULT_HOURS = 24;

const COLUMNS = `
  id, organization_id AS "organizationId", project_id AS "projectId", job_id AS "jobId", created_by AS "createdBy",
  documents, completed, failed, created_at AS "createdAt", expires_at AS "expiresAt"`;

/** A batch to be stored. */
export interface NewBatch {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string | undefined;
  readonly jobId: string;
  readonly createdBy: string;
  readonly orderSealed: Buffer;
  readonly documents: number;
}

/** What a chunk's end changes. */
export interface ChunkOutcome {
  readonly completed: number;
  readonly failed: number;
  /** Of entities, by type, for the audit row. */
  readonly counts: Counts;
}

/** What the audit row of a batch's end says. */
export interface BatchTotals {
  readonly orderSealed: Buffer;
  readonly projectId: string | null;
  readonly documents: number;
  readonly completed: number;
  readonly failed: number;
  readonly counts: Readonly<Record<string, number>>;
}

const INSERT = `
  INSERT INTO batches (id, organization_id, project_id, job_id, created_by, order_sealed, documents, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(hours => $8))`;

/** Sums counts by name. */
const ADD_OUTCOME = `
  UPDATE batches SET completed = completed + $3, failed = failed + $4, counts = (
           SELECT coalesce(jsonb_object_agg(name, total), '{}')
             FROM (SELECT key AS name, sum(value::int) AS total
                     FROM (SELECT * FROM jsonb_each_text(counts) UNION ALL SELECT * FROM jsonb_each_text($5)) AS every
                    GROUP BY key) AS sums)
   WHERE organization_id = $1 AND id = $2`;

const SET_END = `
  UPDATE batches SET expires_at = least(now() + make_interval(hours => $3), created_at + make_interval(hours => $4))
   WHERE organization_id = $1 AND id = $2
  RETURNING order_sealed AS "orderSealed", project_id AS "projectId", documents, completed, failed, counts`;

/** A batch that has expired is gone for everybody, though the sweeper may not have come by yet. */
const ALIVE = 'expires_at > now()';

@Injectable()
export class BatchesRepository {
  async insert(batch: NewBatch, tx: Tx): Promise<void> {
    const { id, organizationId, projectId = null, jobId, createdBy, orderSealed, documents } = batch;
    const values = [id, organizationId, projectId, jobId, createdBy, orderSealed, documents, LIFE_HOURS];
    await tx.query(INSERT, values);
  }

  async find({ organizationId, userId }: BatchOwner, id: string, db: Tx): Promise<Batch | undefined> {
    const rows = await db.query(
      `SELECT ${COLUMNS} FROM batches
        WHERE organization_id = $1 AND id = $2 AND ($3::text IS NULL OR created_by = $3) AND ${ALIVE}`,
      [organizationId, id, userId ?? null],
    );
    return rows[0];
  }

  async findOrder(organizationId: string, id: string, db: Tx): Promise<Buffer | undefined> {
    const sql = `SELECT order_sealed AS "orderSealed" FROM batches WHERE organization_id = $1 AND id = $2 AND ${ALIVE}`;
    return (await db.query(sql, [organizationId, id]))[0]?.orderSealed;
  }

  /** Counts a chunk; false when the batch has been deleted meanwhile. */
  async addOutcome(
    organizationId: string,
    id: string,
    { completed, failed, counts }: ChunkOutcome,
    tx: Tx,
  ): Promise<boolean> {
    const values = [organizationId, id, completed, failed, JSON.stringify(counts)];
    const [, count] = await tx.query(ADD_OUTCOME, values);
    return count === 1;
  }

  /** Notes that the batch's job has ended: from now its results have their time to be fetched. */
  async markEnded(organizationId: string, id: string, tx: Tx): Promise<BatchTotals | undefined> {
    const [rows] = await tx.query(SET_END, [organizationId, id, RESULT_HOURS, LIFE_HOURS]);
    return rows[0];
  }

  /** Deletes a batch with what is left of its documents and results; false when it was not there. */
  async delete(organizationId: string, id: string, tx: Tx): Promise<boolean> {
    const sql = 'DELETE FROM batches WHERE organization_id = $1 AND id = $2';
    const [, count] = await tx.query(sql, [organizationId, id]);
    return count === 1;
  }

  /** Batches whose time is over, of all tenants, oldest first. */
  listExpired(limit: number, db: Tx): Promise<Pick<Batch, 'id' | 'organizationId' | 'jobId'>[]> {
    return db.query(
      `SELECT id, organization_id AS "organizationId", job_id AS "jobId" FROM batches
        WHERE NOT ${ALIVE} ORDER BY expires_at LIMIT $1`,
      [limit],
    );
  }
}
