import { Injectable } from '@nestjs/common';
import {
  type AuditRetentionAction,
  DEFAULT_ORGANIZATION_SETTINGS,
} from '../../platform/configs/organization-settings.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { MOST_TILES, type Segment, type StoredArchive, TILE } from '../segments/segment.js';
import type { CollectorName } from '../streams/collector.js';

/** A log whose organization keeps entries for so many days. */
export interface KeptLog {
  readonly organizationId: string;
  readonly tree: number;
  readonly size: number;
  readonly days: number;
  readonly action: AuditRetentionAction;
  /** Where the next segment begins. */
  readonly next: number;
}

/** When the entries of a part were made. */
export interface SegmentTimes {
  readonly oldestAt: Date;
  readonly newestAt: Date;
}

const LOGS = `
  SELECT o.id AS "organizationId", t.id AS tree, t.size::float8 AS size, (o.settings->>'audit_retention_days')::int AS days,
         coalesce(o.settings->>'audit_retention_action', '${DEFAULT_ORGANIZATION_SETTINGS.audit_retention_action}') AS action,
         coalesce((SELECT max(first_leaf + leaves) FROM audit_segments WHERE tree = t.id), 0)::float8 AS next
    FROM organizations o JOIN audit_trees t ON t.organization_id = o.id
   WHERE o.deleted_at IS NULL AND o.sandbox_of IS NULL AND t.quarantined_at IS NULL
     AND o.settings->>'audit_retention_days' IS NOT NULL`;

/** Tiles that are whole and old enough. A tile that lacks a row is not: what is missing must show. */
const OLD_TILES = `
  SELECT (a.leaf / ${TILE})::float8 AS tile, min(l.created_at) AS "oldestAt", max(l.created_at) AS "newestAt"
    FROM audit_leaves a JOIN audit_logs l ON l.number = a.number AND l.organization_id = $2
   WHERE a.tree = $1 AND a.leaf >= $3 AND a.leaf < $4
   GROUP BY a.leaf / ${TILE}
  HAVING count(*) = ${TILE} AND max(l.created_at) < now() - make_interval(days => $5)
   ORDER BY 1`;

const INSERT = `
  INSERT INTO audit_segments (id, organization_id, tree, first_leaf, leaves, announced_size, oldest_at, newest_at, action)
  SELECT $1, $2, $3, $4, $5, size, $6, $7, $8 FROM audit_trees WHERE id = $3`;

/** Those whose announcement has its place, since some time. */
const DUE = `
  SELECT s.id, s.organization_id AS "organizationId", s.tree, s.first_leaf::float8 AS "firstLeaf", s.leaves, s.action
    FROM audit_segments s JOIN audit_trees t ON t.id = s.tree
   WHERE s.taken_at IS NULL AND t.quarantined_at IS NULL AND s.created_at <= now() - make_interval(secs => $1)
     AND EXISTS (SELECT FROM audit_leaves a JOIN audit_logs l ON l.number = a.number
                  WHERE a.tree = s.tree AND a.leaf >= s.announced_size AND l.action = 'audit_log.retained' AND l.target_id = s.id)
   ORDER BY s.tree, s.first_leaf LIMIT 100`;

const IS_SENT = `
  SELECT coalesce((SELECT head FROM audit_streams WHERE collector = $1), 0) >
         (SELECT min(instance_leaf) FROM audit_checkpoints WHERE tree = $2 AND size >= $3) AS "isSent"`;

const DELETE = `
  DELETE FROM audit_logs l USING audit_leaves a
   WHERE a.tree = $1 AND a.leaf >= $2 AND a.leaf < $3 AND l.number = a.number AND l.organization_id = $4`;

const COUNT_DUE = `
  SELECT count(*)::int AS count FROM audit_segments
   WHERE taken_at IS NULL AND created_at <= now() - make_interval(secs => $1)`;

const TAKE = `
  UPDATE audit_segments SET taken_at = now(), object_key = $3, size_bytes = $4
   WHERE id = $1 AND organization_id = $2 AND taken_at IS NULL`;

/** Parts of logs that are to be taken out of the database, for the leader. */
@Injectable()
export class DueSegmentsRepository {
  keptLogs(db: Tx): Promise<KeptLog[]> {
    return db.query(LOGS);
  }

  /** Tiles from the next one on without a gap, up to the first that must stay. */
  async oldTiles({ tree, organizationId, next, size, days }: KeptLog, db: Tx): Promise<SegmentTimes[]> {
    const end = Math.min(next + MOST_TILES * TILE, Math.floor(size / TILE) * TILE);
    const tiles: (SegmentTimes & { tile: number })[] = await db.query(OLD_TILES, [
      ...[tree, organizationId, next, end, days],
    ]);
    const gap = tiles.findIndex(({ tile }, at) => tile !== next / TILE + at);
    return gap < 0 ? tiles : tiles.slice(0, gap);
  }

  async insert(segment: Segment, { oldestAt, newestAt }: SegmentTimes, tx: Tx): Promise<void> {
    const { id, organizationId, tree, firstLeaf, leaves, action } = segment;
    await tx.query(INSERT, [id, organizationId, tree, firstLeaf, leaves, oldestAt, newestAt, action]);
  }

  /** @param seconds since it was announced */
  due(seconds: number, db: Tx): Promise<Segment[]> {
    return db.query(DUE, [seconds]);
  }

  /** Whether a collector has all of a segment. */
  async isSent({ tree, firstLeaf, leaves }: Segment, collector: CollectorName, db: Tx): Promise<boolean> {
    return (await db.query(IS_SENT, [collector, tree, firstLeaf + leaves]))[0].isSent === true;
  }

  /** How many were announced so many seconds ago, and have their entries in the database still. */
  async countDue(seconds: number, db: Tx): Promise<number> {
    return (await db.query(COUNT_DUE, [seconds]))[0].count;
  }

  async isTaken({ id, organizationId }: Segment, db: Tx): Promise<boolean> {
    const sql = 'SELECT FROM audit_segments WHERE id = $1 AND organization_id = $2 AND taken_at IS NOT NULL';
    return (await db.query(sql, [id, organizationId])).length > 0;
  }

  /**
   * Takes the entries of a segment out.
   * @param archive where they lie from now on
   * @returns false when they were taken out before, which leaves all as it is
   */
  async take(segment: Segment, archive: StoredArchive | null, tx: Tx): Promise<boolean> {
    const { id, tree, firstLeaf, leaves, organizationId } = segment;
    const where = [archive?.objectKey ?? null, archive?.sizeBytes ?? null];
    const [, marked] = await tx.query(TAKE, [id, organizationId, ...where]);
    if (marked === 1) await tx.query(DELETE, [tree, firstLeaf, firstLeaf + leaves, organizationId]);
    return marked === 1;
  }
}
