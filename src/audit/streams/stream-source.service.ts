import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { entryOfHead, entryOfRow, type LogHead, type LogRow } from '../log/log-entry.js';
import * as Proofs from '../log/merkle-proofs.js';
import { verifierKey } from '../log/signed-note.js';
import { LogSigner } from '../trees/log-signer.service.js';
import { ENTRY_COLUMNS } from '../trees/row-columns.js';
import { TreeNodesRepository } from '../trees/tree-nodes.repository.js';
import { TreesRepository } from '../trees/trees.repository.js';
import {
  messageOfCheckpoint,
  messageOfEntry,
  messageOfHead,
  messageOfTaken,
  type StreamMessage,
} from './stream-message.js';
import type { StreamPosition } from './stream-positions.repository.js';

/** Entries and heads of a batch: some hundred kilobytes. */
export const BATCH_ENTRIES = 500;

/** Heads, and which leaves each brought: those since the one before it of the same tree. */
const HEADS = `
  SELECT c.instance_leaf::float8 AS head, c.tree, t.organization_id AS "organizationId", c.size::float8 AS size, c.root,
         c.created_at AS "headAt", coalesce(
           (SELECT max(p.size) FROM audit_checkpoints p WHERE p.tree = c.tree AND p.size < c.size), 0)::float8 AS first
    FROM audit_checkpoints c JOIN audit_trees t ON t.id = c.tree
   WHERE c.instance_leaf >= $1 ORDER BY c.instance_leaf LIMIT $2`;

const ENTRIES = `
  SELECT given.ord::int - 1 AS run, a.leaf::float8 AS leaf, a.hash, ${ENTRY_COLUMNS}, a.sealed_digest AS "sealedDigest"
    FROM unnest($1::int[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS given (tree, first, past, ord)
    JOIN audit_leaves a ON a.tree = given.tree AND a.leaf >= given.first AND a.leaf < given.past
    LEFT JOIN audit_logs l ON l.number = a.number
   ORDER BY given.ord, a.leaf`;

interface Head extends LogHead {
  readonly head: number;
  readonly headAt: Date;
  readonly tree: number;
  readonly first: number;
}

/** Leaves of a tree up to `past`, which a head brought; and the head itself where it is the turn of that. */
interface Run {
  readonly head: Head;
  readonly first: number;
  readonly past: number;
  readonly isWhole: boolean;
}

/** A leaf, with its row unless that is there no more. */
type Leaf = { readonly run: number; readonly leaf: number; readonly hash: Buffer } & (
  | LogRow
  | { readonly id: null }
);

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

  /** What comes from a position on: entries, each head after what it brought, and hashes of entries that are there no more. */
  async read(from: StreamPosition): Promise<Batch> {
    const db = this.dataSource.manager;
    const heads: Head[] = await db.query(HEADS, [from.head, BATCH_ENTRIES]);
    const { runs, next } = cut(heads, from);
    const leaves: Leaf[] = await db.query(ENTRIES, [
      runs.map(({ head }) => head.tree),
      runs.map(({ first }) => first),
      runs.map(({ past }) => past),
    ]);
    const isLast = heads.length < BATCH_ENTRIES && next.head === (heads.at(-1)?.head ?? from.head - 1) + 1;
    return { messages: messagesOf(runs, leaves), next, isLast };
  }

  /** The checkpoint of the instance that tells of all before a head; none while its log is set apart. */
  async checkpoint(size: number): Promise<StreamMessage | undefined> {
    const db = this.dataSource.manager;
    const tree = await this.trees.find(null, db);
    if (!tree || tree.isQuarantined) return undefined;
    const root = await Proofs.rootAt(size, this.nodes.readerOf(tree.id, db));
    const note = await this.signer.checkpoint('instance', { size, root }, db);
    const verifier = await this.signer.verifierOf('instance', db);
    const about = { origin: verifier.name, size, key: verifierKey(verifier) };
    return messageOfCheckpoint(note, about, new Date());
  }
}

/** So many of the leaves that heads brought, and of the heads, as a batch may have, and the position after them. */
function cut(heads: readonly Head[], from: StreamPosition): { runs: Run[]; next: StreamPosition } {
  const runs: Run[] = [];
  let room = BATCH_ENTRIES;
  let next = from;
  for (const head of heads) {
    const first = head.head === from.head ? Math.max(head.first, from.leaf) : head.first;
    const past = Math.min(head.size, first + room);
    room -= past - first;
    const isWhole = past === head.size && room > 0;
    runs.push({ head, first, past, isWhole });
    if (!isWhole) return { runs, next: { head: head.head, leaf: past } };
    room -= 1;
    next = { head: head.head + 1, leaf: 0 };
    if (room === 0) break;
  }
  return { runs, next };
}

function messagesOf(runs: readonly Run[], leaves: readonly Leaf[]): StreamMessage[] {
  const messages: StreamMessage[] = [];
  let at = 0;
  for (const [run, { head, isWhole }] of runs.entries()) {
    for (let leaf = leaves[at]; leaf?.run === run; at += 1, leaf = leaves[at]) {
      const { leaf: place, hash } = leaf;
      if (leaf.id === null) messages.push(messageOfTaken(place, hash, head));
      else messages.push(messageOfEntry({ leaf: place, hash, entry: entryOfRow(leaf) }));
    }
    if (isWhole) messages.push(messageOfHead(head.head, entryOfHead(head), head.headAt));
  }
  return messages;
}
