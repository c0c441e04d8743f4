import { Injectable } from '@nestjs/common';
import { containing, listRows, type RowQuery } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { SummaryFilter } from './variable-filter.js';
import type { DuplicateRow, VariableSummary } from './variable-summary.js';

/** Where to look: an organization, or one project of it. */
export interface SummaryPlace {
  readonly organizationId: string;
  readonly onlyProjectId: string | undefined;
}

const COLUMNS = `
  v.id, v.number::float8 AS number, v.organization_id AS "organizationId", v.project_id AS "projectId",
  v.environment_id AS "environmentId", e.name AS "environmentName", v.key, v.version, v.created_by AS "createdBy",
  v.created_at AS "createdAt", v.updated_at AS "updatedAt", v.value_changed_at AS "valueChangedAt",
  v.rotation_due_at AS "rotationDueAt", w.rotate_days AS "rotateDays", w.tags`;
const FROM = `
  variables v
  JOIN variable_versions w ON w.variable_id = v.id AND w.version = v.version
  JOIN environments e ON e.id = v.environment_id`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'v.created_at', type: 'timestamptz' },
  updated_at: { column: 'v.updated_at', type: 'timestamptz' },
  value_changed_at: { column: 'v.value_changed_at', type: 'timestamptz' },
  key: { column: 'v.key', type: 'text' },
};

/** Variables over all environments, for those who look after them. */
@Injectable()
export class VariableSummariesRepository {
  list(
    { organizationId, onlyProjectId }: SummaryPlace,
    filter: SummaryFilter,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<VariableSummary>> {
    const where = [
      ['v.organization_id = ? AND v.deleted_at IS NULL', organizationId],
      ['v.project_id = ?', onlyProjectId],
      ['v.project_id = ?', filter.projectId],
      ['v.environment_id = ?', filter.environmentId],
      ['v.key = ?', filter.key],
      ['v.key ILIKE ?', containing(filter.search)],
      ['? = ANY(w.tags)', filter.tag],
      ['v.value_changed_at < ?', filter.valueChangedBefore],
      ['v.rotation_due_at < ?', filter.rotationDueBefore],
    ] as const;
    return listRows({ select: COLUMNS, from: FROM, where, sort: SORT, id: 'v.id' }, listing, db);
  }

  /** Values are compared by their digests, so none is opened. Empty values are nobody's secret, and left out. */
  listDuplicates(
    { organizationId, onlyProjectId }: SummaryPlace,
    emptyDigest: Buffer,
    projectId: string | undefined,
    db: Tx,
  ): Promise<DuplicateRow[]> {
    return db.query(
      `SELECT dense_rank() OVER (ORDER BY digest)::int AS group, id, key, "environmentId", "environmentName", "projectId",
              "valueChangedAt"
         FROM (SELECT w.digest, v.id, v.key, v.environment_id AS "environmentId", e.name AS "environmentName",
                      v.project_id AS "projectId", v.value_changed_at AS "valueChangedAt",
                      count(*) OVER (PARTITION BY w.digest) AS times
                 FROM ${FROM}
                WHERE v.organization_id = $1 AND v.deleted_at IS NULL AND w.digest <> $2
                  AND ($3::text IS NULL OR v.project_id = $3) AND ($4::text IS NULL OR v.project_id = $4)) found
        WHERE times > 1 ORDER BY 1, id`,
      [organizationId, emptyDigest, onlyProjectId ?? null, projectId ?? null],
    );
  }
}
