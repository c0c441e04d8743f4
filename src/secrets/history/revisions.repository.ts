import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { RevisionCause } from '../variables/variable.js';

/** A change of an environment's variables, however many of them it touches. */
export interface NewRevision {
  readonly organizationId: string;
  readonly environmentId: string;
  readonly revision: number;
  readonly cause: RevisionCause;
  readonly changedBy: string;
  readonly requestId: string;
  readonly reasonSealed: Buffer | null;
  /** When the environment changed before. */
  readonly after: Date;
}

@Injectable()
export class RevisionsRepository {
  /**
   * The environment must be locked. Times of its revisions grow with their numbers, even where the database's clock was set
   * back, so that an instant belongs to one revision alone.
   * @returns when it happened, in whole milliseconds
   */
  async insert(row: NewRevision, tx: Tx): Promise<Date> {
    const [{ at }] = await tx.query(
      `INSERT INTO environment_revisions
         (organization_id, environment_id, revision, cause, changed_by, changed_at, request_id, reason_sealed)
       VALUES ($1, $2, $3, $4, $5,
               greatest(date_trunc('milliseconds', clock_timestamp()), $8::timestamptz + interval '1 millisecond'), $6, $7)
       RETURNING changed_at AS at`,
      [
        ...[row.organizationId, row.environmentId, row.revision, row.cause, row.changedBy],
        ...[row.requestId, row.reasonSealed, row.after],
      ],
    );
    return at;
  }

  /** The revision that held at an instant; 0 before the first change. */
  async findAt(organizationId: string, environmentId: string, at: Date, db: Tx): Promise<number> {
    const [row] = await db.query(
      `SELECT revision FROM environment_revisions
        WHERE organization_id = $1 AND environment_id = $2 AND changed_at <= $3 ORDER BY changed_at DESC LIMIT 1`,
      [organizationId, environmentId, at],
    );
    return row?.revision ?? 0;
  }
}
