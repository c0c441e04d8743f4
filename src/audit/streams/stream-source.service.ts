import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LogRow } from '../log/log-entry.js';
import { entryOfRow } from '../log/log-entry.js';
import * as Proofs from '../log/merkle-proofs.js';
import { LogSigner } from '../trees/log-signer.service.js';
import { ENTRY_COLUMNS } from '../trees/row-columns.js';
import { TreeNodesRepository } from '../trees/tree-nodes.repository.js';
import { TreesRepository } from '../trees/trees.repository.js';
import { messageOfCheckpoint, messageOfEntry, type StreamMessage } from './stream-message.js';
import type { StreamPosition } from './stream-positions.repository.js';

/** Entries of a batch: some hundred kilobytes. */
export const BATCH_ENTRIES = 500;

/** Which leaves each head brought: those since the one before it of the same tree. */
const HEADS = `
  SELECT c.instance_leaf::float8 AS head, c.tree, c.size::float8 AS size, coalesce(
           (SELECT max(p.size) FROM audit_checkpoints p WHERE p.tree = c.tree AND p.size < c.size), 0)::float8 AS first
    FROM audit_checkpoints c WHERE c.instance_leaf >= $1 ORDER BY c.instance_leaf LIMIT $2`;

const ENTRIES = `
  SELECT a.leaf::float8 AS leaf, a.hash, ${ENTRY_COLUMNS}, a.sealed_digest AS "sealedDigest"
    FROM unnest($1::int[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS given (tree, first, past, ord)
    JOIN audit_leaves a ON a.tree = given.tree AND a.leaf >= given.first AND a.leaf < given.past
    JOIN audit_logs l ON l.number = a.number
   ORDER BY given.ord, a.leaf`;

interface Head {
  readonly head: number;
  readonly tree: number;
  readonly first: number;
  readonly size: number;
}

/** What comes next, and where it ends. */
export interface Batch {
  readonly messages: readonly StreamMessage[];
  readonly next: StreamPosition;
  /** Whether there was no more of it by then. */
  readonly isLast: boolean;
}

/** The log in the order in which collectors are sent it: that of the instance's tree, so that what it tells of is whole. */
@Injectable()
export class StreamSource {
  constructor(
    private readonly trees: TreesRepository,
    private readonly nodes: TreeNodesRepository,
    private readonly signer: LogSigner,
    private readonly dataSource: DataSource,
  ) {}

  /** Entries from a position on. Those that are there no more are passed over. */
  async read(from: StreamPosition): Promise<Batch> {
    const db = this.dataSource.manager;
    const heads: Head[] = await db.query(HEADS, [from.head, BATCH_ENTRIES]);
    const { runs, next } = cut(heads, from);
    const rows: (LogRow & { leaf: number; hash: Buffer })[] = await db.query(ENTRIES, [
      runs.map(({ tree }) => tree),
      runs.map(({ first }) => first),
      runs.map(({ size }) => size),
    ]);
    const messages = rows.map((row) =>
      messageOfEntry({ leaf: row.leaf, hash: row.hash, entry: entryOfRow(row) }),
    );
    const isLast = heads.length < BATCH_ENTRIES && next.head === (heads.at(-1)?.head ?? from.head - 1) + 1;
    return { messages, next, isLast };
  }

  /** The checkpoint of the instance that tells of all before a head. */
  async checkpoint(size: number): Promise<StreamMessage> {
    const db = this.dataSource.manager;
    const tree = await this.trees.find(null, db);
    if (!tree) throw new Error('the instance has a log from its first migration on');
    const root = await Proofs.rootAt(size, this.nodes.readerOf(tree.id, db));
    const note = await this.signer.checkpoint('instance', { size, root }, db);
    const { name: origin } = await this.signer.verifierOf('instance', db);
    return messageOfCheckpoint(note, { origin, size }, new Date());
  }
}

/** So many of the leaves that heads brought as a batch may have, and the position after them. */
function cut(heads: readonly Head[], from: StreamPosition): { runs: Head[]; next: StreamPosition } {
  const runs: Head[] = [];
  let room = BATCH_ENTRIES;
  let next = from;
  for (const head of heads) {
    const first = head.head === from.head ? Math.max(head.first, from.leaf) : head.first;
    const past = Math.min(head.size, first + room);
    runs.push({ ...head, first, size: past });
    room -= past - first;
    if (past < head.size) return { runs, next: { head: head.head, leaf: past } };
    next = { head: head.head + 1, leaf: 0 };
    if (room === 0) break;
  }
  return { runs, next };
}
