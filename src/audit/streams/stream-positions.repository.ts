import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { CollectorName } from './collector.js';

/** How far a collector has the log: all that the first `head` leaves of the instance's tree tell of, and of what the next one tells of the leaves before `leaf`. */
export interface StreamPosition {
  readonly head: number;
  readonly leaf: number;
}

/** A collector's cursor. */
export interface StreamCursor extends StreamPosition {
  /** Leaves of the instance's newest checkpoint that it has. */
  readonly checkpointSize: number;
  /** When it got that; null before the first. */
  readonly checkpointAt: Date | null;
}

const FIND = `
  SELECT head::float8 AS head, leaf::float8 AS leaf, checkpoint_size::float8 AS "checkpointSize", checkpoint_at AS "checkpointAt"
    FROM audit_streams WHERE collector = $1`;

/** What is waited for longest is what the first leaf that was not sent tells of, or the first head that has no leaf yet. */
const LAG = `
  SELECT coalesce(greatest(0, extract(epoch FROM now() - coalesce(
    (SELECT created_at FROM audit_checkpoints WHERE instance_leaf >= coalesce((SELECT head FROM audit_streams WHERE collector = $1), 0)
      ORDER BY instance_leaf LIMIT 1),
    (SELECT c.created_at FROM audit_owed_heads h JOIN audit_checkpoints c ON c.tree = h.tree AND c.size = h.size
      ORDER BY h.number LIMIT 1)))), 0)::float8 AS lag`;

/** Cursors of collectors; a collector without one has nothing yet. */
@Injectable()
export class StreamPositionsRepository {
  async read(collector: CollectorName, db: Tx): Promise<StreamCursor> {
    const none = { head: 0, leaf: 0, checkpointSize: 0, checkpointAt: null };
    return (await db.query(FIND, [collector]))[0] ?? none;
  }

  /** Moves a cursor on; one that is further stays. */
  async advance(collector: CollectorName, { head, leaf }: StreamPosition, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO audit_streams AS s (collector, head, leaf) VALUES ($1, $2, $3)
       ON CONFLICT (collector) DO UPDATE SET head = excluded.head, leaf = excluded.leaf
        WHERE (s.head, s.leaf) < (excluded.head, excluded.leaf)`,
      [collector, head, leaf],
    );
  }

  /** Notes that a collector has a checkpoint of the instance. */
  async noteCheckpoint(collector: CollectorName, size: number, tx: Tx): Promise<void> {
    await tx.query(
      'UPDATE audit_streams SET checkpoint_size = $2, checkpoint_at = now() WHERE collector = $1',
      [collector, size],
    );
  }

  /** For how many seconds the oldest part that a collector does not have has waited. */
  async lag(collector: CollectorName, db: Tx): Promise<number> {
    return (await db.query(LAG, [collector]))[0].lag;
  }
}
