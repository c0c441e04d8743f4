import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { ArchivedSegment, SegmentRecord, SegmentStatus } from './segment.js';

/** An entry's id is made a moment before or after the time that the entry names; of what lies further off no more is asked. */
const SLACK_SECONDS = 5;
/** Segments that are gone through for one entry: of a very busy time there are several. */
const MOST_SEGMENTS = 16;

const STATUS =
  "CASE WHEN taken_at IS NULL THEN 'announced' WHEN action = 'archive' THEN 'archived' ELSE 'deleted' END";

const COLUMNS = `
  id, organization_id AS "organizationId", tree, first_leaf::float8 AS "firstLeaf", leaves, action,
  object_key AS "objectKey", size_bytes::float8 AS "sizeBytes"`;

const RECORD = `
  ${COLUMNS}, ${STATUS} AS status, oldest_at AS "oldestAt", newest_at AS "newestAt", created_at AS "announcedAt",
  taken_at AS "takenAt"`;

const ARCHIVED = `
  SELECT ${COLUMNS} FROM audit_segments
   WHERE tree = $1 AND object_key IS NOT NULL AND first_leaf <= $3 AND first_leaf + leaves > $2 ORDER BY first_leaf`;

/** Those within whose time the moment lies come first. */
const AROUND = `
  SELECT ${COLUMNS} FROM audit_segments
   WHERE organization_id = $1 AND tree = $2 AND object_key IS NOT NULL
     AND oldest_at <= $3::timestamptz + make_interval(secs => ${SLACK_SECONDS})
     AND newest_at >= $3::timestamptz - make_interval(secs => ${SLACK_SECONDS})
   ORDER BY (oldest_at <= $3 AND newest_at >= $3) DESC, first_leaf LIMIT ${MOST_SEGMENTS}`;

/** Segments of logs, for whoever reads them. */
@Injectable()
export class SegmentsRepository {
  list(
    organizationId: string,
    status: SegmentStatus | undefined,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<SegmentRecord>> {
    const query: RowQuery = {
      select: RECORD,
      from: 'audit_segments',
      where: [
        ['organization_id = ?', organizationId],
        [`${STATUS} = ?`, status],
      ],
      sort: { created_at: { column: 'created_at', type: 'timestamptz' } },
    };
    return listRows(query, listing, db);
  }

  async find(id: string, organizationId: string, db: Tx): Promise<SegmentRecord | undefined> {
    const sql = `SELECT ${RECORD} FROM audit_segments WHERE id = $1 AND organization_id = $2`;
    return (await db.query(sql, [id, organizationId]))[0];
  }

  /** Archived segments that have leaves from `first` to `last`, in their order. */
  archived(tree: number, first: number, last: number, db: Tx): Promise<ArchivedSegment[]> {
    return db.query(ARCHIVED, [tree, first, last]);
  }

  /** Archived segments in which an entry of this moment can be. */
  archivedAround(moment: Date, organizationId: string, tree: number, db: Tx): Promise<ArchivedSegment[]> {
    return db.query(AROUND, [organizationId, tree, moment]);
  }
}
