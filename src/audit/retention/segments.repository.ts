import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { CollectorName } from '../streams/collector.js';

/** Leaves of a tile: segments are whole ones, which have a node of their own. */
export const TILE = 256;
/** Tiles of a segment at most: what one transaction takes out. */
export const MOST_TILES = 16;

/** A log whose organization keeps entries for so many days. */
export interface KeptLog {
  readonly organizationId: string;
  readonly tree: number;
  readonly size: number;
  readonly days: number;
  /** Where the next segment begins. */
  readonly next: number;
}

/** A part of a log, of whole tiles. */
export interface Segment {
  readonly id: string;
  readonly organizationId: string;
  readonly tree: number;
  readonly firstLeaf: number;
  readonly leaves: number;
}

/** When the entries of a part were made. */
export interface SegmentTimes {
  readonly oldestAt: Date;
  readonly newestAt: Date;
}

const LOGS = `
  SELECT o.id AS "organizationId", t.id AS tree, t.size::float8 AS size, (o.settings->>'audit_retention_days')::int AS days,
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
  INSERT INTO audit_segments (id, organization_id, tree, first_leaf, leaves, announced_size, oldest_at, newest_at)
  SELECT $1, $2, $3, $4, $5, size, $6, $7 FROM audit_trees WHERE id = $3`;

/** Those whose announcement has its place, since some time. */
const DUE = `
  SELECT s.id, s.organization_id AS "organizationId", s.tree, s.first_leaf::float8 AS "firstLeaf", s.leaves
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

/** Parts of logs that are taken out of the database. */
@Injectable()
export class SegmentsRepository {
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
    const { id, organizationId, tree, firstLeaf, leaves } = segment;
    await tx.query(INSERT, [id, organizationId, tree, firstLeaf, leaves, oldestAt, newestAt]);
  }

  /** @param seconds since it was announced */
  due(seconds: number, db: Tx): Promise<Segment[]> {
    return db.query(DUE, [seconds]);
  }

  /** Whether a collector has all of a segment. */
  async isSent({ tree, firstLeaf, leaves }: Segment, collector: CollectorName, db: Tx): Promise<boolean> {
    return (await db.query(IS_SENT, [collector, tree, firstLeaf + leaves]))[0].isSent === true;
  }

  /** Takes the entries of a segment out, once. */
  async take({ id, tree, firstLeaf, leaves, organizationId }: Segment, tx: Tx): Promise<void> {
    const [, marked] = await tx.query(
      'UPDATE audit_segments SET taken_at = now() WHERE id = $1 AND organization_id = $2 AND taken_at IS NULL',
      [id, organizationId],
    );
    if (marked === 1) await tx.query(DELETE, [tree, firstLeaf, firstLeaf + leaves, organizationId]);
  }
}
