import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ProjectOwner } from '../projects/index.js';

/** What retention would delete now, and when it has more to do. */
export interface DueDocuments {
  readonly documents: number;
  /** Of all their files. */
  readonly sizeBytes: number;
  readonly oldestCreatedAt: Date | null;
  /** When the next document that is not due yet will be. */
  readonly nextDueAt: Date | null;
}

/** By the database's clock, which is one for all processes. A day is 24 hours. */
const IS_DUE = 'd.created_at <= now() - make_interval(hours => 24 * $3)';

@Injectable()
export class RetentionRepository {
  async due({ organizationId, projectId }: ProjectOwner, days: number, db: Tx): Promise<DueDocuments> {
    const [row] = await db.query(
      `SELECT count(*) FILTER (WHERE ${IS_DUE})::int AS documents,
              coalesce(sum(d.size + coalesce(f.size, 0)) FILTER (WHERE ${IS_DUE}), 0)::float8 AS "sizeBytes",
              min(d.created_at) FILTER (WHERE ${IS_DUE}) AS "oldestCreatedAt",
              min(d.created_at) FILTER (WHERE NOT ${IS_DUE}) + make_interval(hours => 24 * $3) AS "nextDueAt"
         FROM documents d LEFT JOIN files f ON f.id = d.redacted_file_id
        WHERE d.organization_id = $1 AND d.project_id = $2`,
      [organizationId, projectId, days],
    );
    return row;
  }

  /** The oldest documents of a project that are due. */
  async listDue(
    { organizationId, projectId }: ProjectOwner,
    days: number,
    limit: number,
    db: Tx,
  ): Promise<string[]> {
    const rows: { id: string }[] = await db.query(
      `SELECT d.id FROM documents d WHERE d.organization_id = $1 AND d.project_id = $2 AND ${IS_DUE}
        ORDER BY d.created_at, d.id LIMIT $4`,
      [organizationId, projectId, days, limit],
    );
    return rows.map(({ id }) => id);
  }
}
