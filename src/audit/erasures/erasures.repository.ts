import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { DocumentAction } from '../../platform/erasure/document-search.js';
import type { ValuePrint } from '../../platform/erasure/sought-value.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Erasure, ErasureRecord, ErasureStatus } from './erasure.js';

/** What a row is about: one of them is set. */
export interface SubjectColumns {
  readonly userId: string | null;
  readonly withAccount: boolean;
  readonly projectId: string | null;
  readonly environmentId: string | null;
  readonly variableId: string | null;
  /** Of the variable. */
  readonly version: number | null;
  readonly destroyedBy: string | null;
  readonly type: string | null;
  readonly print: ValuePrint | null;
  readonly documents: DocumentAction;
}

/** A row as it is stored. */
export interface ErasureRow extends Omit<Erasure, 'subject' | 'reason' | 'record'>, SubjectColumns {
  readonly reasonSealed: Buffer | null;
  readonly statement: string | null;
  readonly signature: Buffer | null;
}

/** A row to be added. */
export type NewErasureRow = SubjectColumns &
  Pick<ErasureRow, 'id' | 'organizationId' | 'status' | 'reasonSealed' | 'requestedBy' | 'createdAt'> & {
    readonly reappliedAt?: Date;
  };

export interface ErasureFilter {
  readonly status: ErasureStatus | undefined;
  readonly userId: string | undefined;
}

const COLUMNS = `id, organization_id AS "organizationId", status, subject_user_id AS "userId", account AS "withAccount",
  subject_project_id AS "projectId", subject_environment_id AS "environmentId", subject_variable_id AS "variableId",
  subject_version AS version, destroyed_by AS "destroyedBy", type, print, documents,
  document_report AS "documentReport", reason_sealed AS "reasonSealed", counts, requested_by AS "requestedBy", job_id AS "jobId", error_code AS "errorCode",
  statement, signature, created_at AS "createdAt", completed_at AS "completedAt", reapplied_at AS "reappliedAt"`;

const SORT: RowQuery['sort'] = { created_at: { column: 'created_at', type: 'timestamptz' } };

@Injectable()
export class ErasuresRepository {
  list(
    organizationId: string,
    { status, userId }: ErasureFilter,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<ErasureRow>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['status = ?', status],
      ['subject_user_id = ?', userId],
    ] as const;
    return listRows({ select: COLUMNS, from: 'erasures', where, sort: SORT }, listing, db);
  }

  async find(organizationId: string, id: string, db: Tx): Promise<ErasureRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM erasures WHERE organization_id = $1 AND id = $2`;
    return (await db.query(sql, [organizationId, id]))[0];
  }

  /** The same, and keeps others from changing it until the transaction ends. */
  async lock(organizationId: string, id: string, tx: Tx): Promise<ErasureRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM erasures WHERE organization_id = $1 AND id = $2 FOR UPDATE`;
    return (await tx.query(sql, [organizationId, id]))[0];
  }

  /** @returns false when it is there already */
  async insert(row: NewErasureRow, tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO erasures (id, organization_id, status, subject_user_id, account, type, print, reason_sealed,
                             requested_by, created_at, reapplied_at, subject_project_id, documents,
                             subject_environment_id, subject_variable_id, subject_version, destroyed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        ...[row.id, row.organizationId, row.status, row.userId, row.withAccount, row.type],
        ...[
          row.print && JSON.stringify(row.print),
          row.reasonSealed,
          row.requestedBy,
          row.createdAt,
          row.reappliedAt ?? null,
          row.projectId,
          row.documents,
        ],
        ...[row.environmentId, row.variableId, row.version, row.destroyedBy],
      ],
    );
    return rows.length > 0;
  }

  async setJob(organizationId: string, id: string, jobId: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE erasures SET job_id = $3 WHERE organization_id = $1 AND id = $2', [
      organizationId,
      id,
      jobId,
    ]);
  }

  /** Of one that is not completed. */
  async setStatus(
    organizationId: string,
    id: string,
    status: Exclude<ErasureStatus, 'completed'>,
    errorCode: string | null,
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `UPDATE erasures SET status = $3, error_code = $4,
              started_at = CASE WHEN $3 = 'running' THEN coalesce(started_at, now()) ELSE started_at END
        WHERE organization_id = $1 AND id = $2 AND status <> 'completed'`,
      [organizationId, id, status, errorCode],
    );
  }

  /** Adds to a count. */
  async addCount(organizationId: string, id: string, kind: string, count: number, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE erasures
          SET counts = counts || jsonb_build_object($3::text, coalesce((counts ->> $3)::bigint, 0) + $4::bigint)
        WHERE organization_id = $1 AND id = $2`,
      [organizationId, id, kind, count],
    );
  }

  /** Says how many projects were under legal hold, what is in which stays. */
  async noteHeldProjects(organizationId: string, id: string, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE erasures SET counts = counts || jsonb_build_object('held_projects', held.n)
         FROM (SELECT count(*) AS n FROM projects WHERE organization_id = $1 AND legal_hold) AS held
        WHERE organization_id = $1 AND id = $2 AND held.n > 0`,
      [organizationId, id],
    );
  }

  async complete(
    organizationId: string,
    id: string,
    completedAt: Date,
    { statement, signature }: ErasureRecord,
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `UPDATE erasures SET status = 'completed', error_code = NULL, completed_at = $3, statement = $4, signature = $5
        WHERE organization_id = $1 AND id = $2`,
      [organizationId, id, completedAt, statement, signature],
    );
  }

  /** How far those of some ids have come, whosever they are; the missing ones are left out. */
  async statuses(ids: readonly string[], db: Tx): Promise<Map<string, ErasureStatus>> {
    const rows: { id: string; status: ErasureStatus }[] = await db.query(
      'SELECT id, status FROM erasures WHERE id = ANY($1::text[])',
      [ids],
    );
    return new Map(rows.map(({ id, status }) => [id, status]));
  }

  /** Values whose erasure was asked for after a moment. */
  printsSince(
    organizationId: string,
    moment: Date,
    db: Tx,
  ): Promise<{ readonly id: string; readonly print: ValuePrint }[]> {
    const sql = `SELECT id, print FROM erasures WHERE organization_id = $1 AND created_at > $2 AND print IS NOT NULL`;
    return db.query(sql, [organizationId, moment]);
  }

  /** Organizations that have ended, and when; sandboxes end every night and are none. */
  endedOrganizations(db: Tx): Promise<{ readonly id: string; readonly deletedAt: Date }[]> {
    return db.query(
      'SELECT id, deleted_at AS "deletedAt" FROM organizations WHERE deleted_at IS NOT NULL AND sandbox_of IS NULL',
    );
  }

  /** Whether an organization is there, and no sandbox: the ledger has no use for what ends tonight. */
  async findTenant(organizationId: string, db: Tx): Promise<{ readonly isSandbox: boolean } | undefined> {
    const sql = `SELECT sandbox_of IS NOT NULL AS "isSandbox" FROM organizations WHERE id = $1 AND deleted_at IS NULL`;
    return (await db.query(sql, [organizationId]))[0];
  }

  async organizationsOf(userId: string, db: Tx): Promise<string[]> {
    const sql = 'SELECT organization_id AS id FROM memberships WHERE user_id = $1 ORDER BY organization_id';
    const rows: { id: string }[] = await db.query(sql, [userId]);
    return rows.map(({ id }) => id);
  }

  async countHeldProjects(organizationId: string, db: Tx): Promise<number> {
    const sql = 'SELECT count(*)::int AS held FROM projects WHERE organization_id = $1 AND legal_hold';
    return (await db.query(sql, [organizationId]))[0].held;
  }
}
