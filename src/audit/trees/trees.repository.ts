import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import * as Hashes from '../log/merkle-hash.js';
import type { GrowingTree, NewLeaf, NewNode, Tree } from './tree.js';
import type { TreeFault, TreeTraces } from './tree-fault.js';

const COLUMNS =
  'id, organization_id AS "organizationId", size::float8 AS size, edge, quarantined_at IS NOT NULL AS "isQuarantined"';

/** Hashes travel as one text of bytes, from which each row takes its own. */
const PIECE = (place: number): string =>
  `substring($${place}::bytea FROM ((ord - 1) * ${Hashes.HASH_BYTES} + 1)::int FOR ${Hashes.HASH_BYTES})`;

const INSERT_LEAVES = `
  INSERT INTO audit_leaves (tree, leaf, number, hash, sealed_digest)
  SELECT tree, leaf, number, ${PIECE(4)}, CASE WHEN number IS NOT NULL THEN ${PIECE(5)} END
    FROM unnest($1::int[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS given (tree, leaf, number, ord)`;

const INSERT_NODES = `
  INSERT INTO audit_nodes (tree, level, position, hash)
  SELECT tree, level, position, ${PIECE(4)}
    FROM unnest($1::int[], $2::smallint[], $3::bigint[]) WITH ORDINALITY AS given (tree, level, position, ord)`;

const UPDATE_TREES = `
  UPDATE audit_trees SET size = given.size, edge = decode(given.edge, 'hex')
    FROM unnest($1::int[], $2::bigint[], $3::text[]) AS given (id, size, edge) WHERE audit_trees.id = given.id`;

const INSERT_CHECKPOINTS = `
  INSERT INTO audit_checkpoints (tree, size, root, instance_leaf)
  SELECT tree, size, ${PIECE(4)}, instance_leaf
    FROM unnest($1::int[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS given (tree, size, instance_leaf, ord)`;

/**
 * Beside what a tree says of itself, what else is there of it: by the ends of indexes alone. Of one that says it is empty, the
 * organization's first row has no place either, or its row was deleted and another one stands in for it.
 */
const TRACES = `
  SELECT t.id, c.size::float8 AS size, c.root,
         EXISTS (SELECT FROM audit_leaves WHERE tree = t.id AND leaf >= t.size)
         OR t.organization_id IS NULL AND EXISTS (SELECT FROM audit_checkpoints WHERE instance_leaf >= t.size)
         OR t.size = 0 AND EXISTS (SELECT FROM audit_leaves WHERE number = (
              SELECT number FROM audit_logs WHERE organization_id = t.organization_id ORDER BY created_at, number LIMIT 1))
         OR EXISTS (SELECT FROM unnest('{8,16,24,32,40,48}'::int[]) AS given (level)
                      JOIN audit_nodes n ON n.tree = t.id AND n.level = given.level AND n.position >= t.size >> given.level)
           AS "goesBeyond"
    FROM audit_trees t LEFT JOIN LATERAL (
         SELECT size, root FROM audit_checkpoints WHERE tree = t.id ORDER BY size DESC LIMIT 1) c ON true
   WHERE t.id = ANY($1::int[])`;

/** Numbers as PostgreSQL reads an array of them; the driver would take each for a text that has to be quoted. */
const arrayOf = (numbers: readonly (number | null)[]): string =>
  `{${numbers.map((number) => number ?? 'NULL').join(',')}}`;

const NO_HASH = Buffer.alloc(Hashes.HASH_BYTES);

/** The head of a tree after a round, and the leaf of the instance's tree that tells of it. */
export interface NewCheckpoint {
  readonly tree: number;
  readonly size: number;
  readonly root: Buffer;
  readonly instanceLeaf: number | null;
}

/** Trees and what they are made of. Who lets trees grow holds the instance's, so that one does at a time. */
@Injectable()
export class TreesRepository {
  /** Keeps others from letting any tree grow until the transaction ends. Where its row is gone, an empty one takes its place. */
  async lockInstance(tx: Tx): Promise<Tree> {
    const sql = `SELECT ${COLUMNS} FROM audit_trees WHERE organization_id IS NULL FOR NO KEY UPDATE`;
    const [tree] = await tx.query(sql);
    if (tree) return tree;
    await tx.query('INSERT INTO audit_trees (organization_id) VALUES (NULL) ON CONFLICT DO NOTHING');
    return (await tx.query(sql))[0];
  }

  /** The trees of organizations, made where there are none. */
  async lockOrganizations(ids: readonly string[], tx: Tx): Promise<Tree[]> {
    await tx.query(
      'INSERT INTO audit_trees (organization_id) SELECT unnest($1::text[]) ON CONFLICT (organization_id) DO NOTHING',
      [ids],
    );
    const sql = `SELECT ${COLUMNS} FROM audit_trees WHERE organization_id = ANY($1) ORDER BY id FOR NO KEY UPDATE`;
    return tx.query(sql, [ids]);
  }

  /** Trees of organizations that were set apart. */
  async lockQuarantined(tx: Tx): Promise<Tree[]> {
    return tx.query(
      `SELECT ${COLUMNS} FROM audit_trees WHERE quarantined_at IS NOT NULL AND organization_id IS NOT NULL
        ORDER BY id FOR NO KEY UPDATE`,
    );
  }

  async countQuarantined(db: Tx): Promise<number> {
    const sql = 'SELECT count(*)::int AS count FROM audit_trees WHERE quarantined_at IS NOT NULL';
    return (await db.query(sql))[0].count;
  }

  /** What there is of trees, by their ids. */
  async traces(trees: readonly number[], db: Tx): Promise<ReadonlyMap<number, TreeTraces>> {
    const rows: (TreeTraces & { id: number })[] = await db.query(TRACES, [trees]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  async quarantine(tree: number, reason: TreeFault, tx: Tx): Promise<void> {
    await tx.query('UPDATE audit_trees SET quarantined_at = now(), quarantine_reason = $2 WHERE id = $1', [
      tree,
      reason,
    ]);
  }

  async release(tree: number, tx: Tx): Promise<void> {
    await tx.query('UPDATE audit_trees SET quarantined_at = NULL, quarantine_reason = NULL WHERE id = $1', [
      tree,
    ]);
  }

  /** That of an organization, or with null that of the instance; undefined while it has no leaf. */
  async find(organizationId: string | null, db: Tx): Promise<Tree | undefined> {
    const sql = `SELECT ${COLUMNS} FROM audit_trees WHERE organization_id IS NOT DISTINCT FROM $1`;
    return (await db.query(sql, [organizationId]))[0];
  }

  /** When a tree had so many leaves, if that was the end of a round. */
  async findCheckpointTime(tree: number, size: number, db: Tx): Promise<Date | undefined> {
    const sql = 'SELECT created_at AS "createdAt" FROM audit_checkpoints WHERE tree = $1 AND size = $2';
    return (await db.query(sql, [tree, size]))[0]?.createdAt;
  }

  /** Writes what came to trees. */
  async save(grown: readonly GrowingTree[], checkpoints: readonly NewCheckpoint[], tx: Tx): Promise<void> {
    await this.insertLeaves(
      grown.flatMap(({ leaves }) => leaves),
      tx,
    );
    await this.insertNodes(
      grown.flatMap(({ nodes }) => nodes),
      tx,
    );
    await tx.query(UPDATE_TREES, [
      grown.map(({ tree }) => tree.id),
      grown.map(({ size }) => size),
      grown.map(({ edge }) => edge.toString('hex')),
    ]);
    await tx.query(INSERT_CHECKPOINTS, [
      checkpoints.map(({ tree }) => tree),
      checkpoints.map(({ size }) => size),
      checkpoints.map(({ instanceLeaf }) => instanceLeaf),
      Buffer.concat(checkpoints.map(({ root }) => root)),
    ]);
  }

  /** Drops all that a tree is made of but its own row. */
  async empty(trees: readonly number[], tx: Tx): Promise<void> {
    for (const table of ['audit_leaves', 'audit_nodes', 'audit_checkpoints'])
      await tx.query(`DELETE FROM ${table} WHERE tree = ANY($1::int[])`, [trees]);
  }

  private async insertLeaves(leaves: readonly NewLeaf[], tx: Tx): Promise<void> {
    await tx.query(INSERT_LEAVES, [
      arrayOf(leaves.map(({ tree }) => tree)),
      arrayOf(leaves.map(({ leaf }) => leaf)),
      arrayOf(leaves.map(({ number }) => number)),
      Buffer.concat(leaves.map(({ hash }) => hash)),
      Buffer.concat(leaves.map(({ sealedDigest }) => sealedDigest ?? NO_HASH)),
    ]);
  }

  private async insertNodes(nodes: readonly NewNode[], tx: Tx): Promise<void> {
    if (nodes.length === 0) return;
    await tx.query(INSERT_NODES, [
      nodes.map(({ tree }) => tree),
      nodes.map(({ level }) => level),
      nodes.map(({ index }) => index),
      Buffer.concat(nodes.map(({ hash }) => hash)),
    ]);
  }
}
