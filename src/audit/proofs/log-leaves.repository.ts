import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import * as Entries from '../log/log-entry.js';
import { ENTRY_COLUMNS } from '../trees/row-columns.js';

/** A leaf, its hash as the tree has it, and its entry as the rows have it: whoever reads compares them. */
export interface LeafEntry {
  readonly leaf: number;
  readonly hash: Buffer;
  /** Null where it was taken out as its organization said. */
  readonly entry: ReturnType<typeof Entries.entryOfRow> | ReturnType<typeof Entries.entryOfHead> | null;
}

type StoredRow = Entries.LogRow & { readonly leaf: number; readonly hash: Buffer; readonly isTaken: boolean };
type StoredHead = Entries.LogHead & { readonly leaf: number; readonly hash: Buffer };

/** Of what is sealed the digest is taken anew; once it was erased, the digest that was kept stands for it. */
const ROWS = `
  SELECT a.leaf::float8 AS leaf, a.hash, l.id IS NULL AS "isTaken", ${ENTRY_COLUMNS},
         coalesce(sha256(l.sealed), a.sealed_digest) AS "sealedDigest"
    FROM audit_leaves a LEFT JOIN audit_logs l ON l.number = a.number`;

const PAGE_OF_ROWS = `
  ${ROWS}
   WHERE a.tree = $1 AND a.leaf >= $2 AND a.leaf < $3
     AND (l.id IS NOT NULL OR EXISTS (
          SELECT FROM audit_segments s
           WHERE s.tree = a.tree AND s.taken_at IS NOT NULL AND a.leaf >= s.first_leaf AND a.leaf < s.first_leaf + s.leaves))
   ORDER BY a.leaf`;

const PAGE_OF_HEADS = `
  SELECT a.leaf::float8 AS leaf, a.hash, t.organization_id AS "organizationId", c.size::float8 AS size, c.root
    FROM audit_leaves a JOIN audit_checkpoints c ON c.instance_leaf = a.leaf JOIN audit_trees t ON t.id = c.tree
   WHERE a.tree = $1 AND a.leaf >= $2 AND a.leaf < $3 ORDER BY a.leaf`;

const FIND = `
  SELECT a.leaf::float8 AS leaf FROM audit_logs l LEFT JOIN audit_leaves a ON a.number = l.number AND a.tree = $3
   WHERE l.id = $1 AND l.organization_id = $2`;

const SPAN = `
  SELECT min(a.leaf)::float8 AS first, max(a.leaf)::float8 AS last
    FROM audit_logs l JOIN audit_leaves a ON a.number = l.number
   WHERE l.organization_id = $1 AND a.tree = $2 AND a.leaf < $3
     AND ($4::timestamptz IS NULL OR l.created_at >= $4) AND ($5::timestamptz IS NULL OR l.created_at < $5)`;

/** Of entries that were taken out no more is known than the times of their segment. */
const TAKEN_SPAN = `
  SELECT min(first_leaf)::float8 AS first, max(first_leaf + leaves - 1)::float8 AS last FROM audit_segments
   WHERE organization_id = $1 AND tree = $2 AND first_leaf < $3 AND taken_at IS NOT NULL
     AND ($4::timestamptz IS NULL OR newest_at >= $4) AND ($5::timestamptz IS NULL OR oldest_at < $5)`;

const BOTH_SPANS = `
  SELECT min(first) AS first, max(last) AS last FROM (${SPAN} UNION ALL ${TAKEN_SPAN}) spans`;

const HEADS_SPAN = `
  SELECT min(instance_leaf)::float8 AS first, max(instance_leaf)::float8 AS last FROM audit_checkpoints
   WHERE instance_leaf < $1
     AND ($2::timestamptz IS NULL OR created_at >= $2) AND ($3::timestamptz IS NULL OR created_at < $3)`;

/** When entries were made, from inclusive, to exclusive. */
export interface EntryTimes {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Leaves of logs with what they stand for. */
@Injectable()
export class LogLeavesRepository {
  /** Leaves `first` up to `end`, in their order; one whose row is gone, and not taken out as its organization said, is left out. */
  async page(tree: number, isInstance: boolean, first: number, end: number, db: Tx): Promise<LeafEntry[]> {
    const values = [tree, first, end];
    if (isInstance) return (await db.query(PAGE_OF_HEADS, values)).map(entryOfHead);
    return (await db.query(PAGE_OF_ROWS, values)).map(entryOfRow);
  }

  /** The leaf of an entry: null while it has none, undefined where the organization has no such entry. */
  async findLeaf(
    id: string,
    organizationId: string,
    tree: number | null,
    db: Tx,
  ): Promise<number | null | undefined> {
    const [found] = await db.query(FIND, [id, organizationId, tree]);
    return found?.leaf;
  }

  /** The first and the last leaf of a time; undefined where there is none. */
  async span(
    {
      tree,
      organizationId,
      size,
    }: { readonly tree: number; readonly organizationId: string | null; readonly size: number },
    { from, to }: EntryTimes,
    db: Tx,
  ): Promise<{ readonly first: number; readonly last: number } | undefined> {
    const [found] = organizationId
      ? await db.query(BOTH_SPANS, [organizationId, tree, size, from ?? null, to ?? null])
      : await db.query(HEADS_SPAN, [size, from ?? null, to ?? null]);
    return found.first === null ? undefined : found;
  }
}

const entryOfRow = (row: StoredRow): LeafEntry => ({
  leaf: row.leaf,
  hash: row.hash,
  entry: row.isTaken ? null : Entries.entryOfRow(row),
});

const entryOfHead = (head: StoredHead): LeafEntry => ({
  leaf: head.leaf,
  hash: head.hash,
  entry: Entries.entryOfHead(head),
});
