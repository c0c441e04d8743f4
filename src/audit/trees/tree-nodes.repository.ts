import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { CompactRange, type NodeId } from '../log/compact-range.js';
import type * as Proofs from '../log/merkle-proofs.js';
import { KEPT_LEVELS } from './tree.js';

/** Reads `[begin, begin + count)` of the hashes of a kept level, for several runs at a time. */
const RUNS = `
  SELECT run, hash FROM unnest($2::smallint[], $3::bigint[], $4::bigint[]) WITH ORDINALITY AS given (level, first, past, run)
   CROSS JOIN LATERAL (
     SELECT leaf AS position, hash FROM audit_leaves WHERE level = 0 AND tree = $1 AND leaf >= first AND leaf < past
     UNION ALL
     SELECT position, hash FROM audit_nodes n
      WHERE given.level > 0 AND tree = $1 AND n.level = given.level AND position >= first AND position < past) found
   ORDER BY run, position`;

/** Hashes that a tree of its size has are not there. */
export class MissingHashes extends Error {
  constructor() {
    super('hashes of an audit log are missing');
  }
}

/** Hashes of complete subtrees: those of each eighth level are kept, the others are made of at most 128 of these. */
@Injectable()
export class TreeNodesRepository {
  /** Whoever asks knows that the leaves are there. @returns what throws MissingHashes when they are not */
  readerOf(tree: number, db: Tx): Proofs.NodeReader {
    return async (nodes) => {
      if (nodes.length === 0) return [];
      const runs = nodes.map(runOf);
      const rows: { run: string; hash: Buffer }[] = await db.query(RUNS, [
        tree,
        runs.map(({ level }) => level),
        runs.map(({ first }) => first),
        runs.map(({ first, count }) => first + count),
      ]);
      const found = runs.map((): Buffer[] => []);
      for (const { run, hash } of rows) found[Number(run) - 1]?.push(hash);
      return found.map((hashes, at) => joined(hashes, runs[at]?.count ?? 0));
    };
  }
}

function runOf({ level, index }: NodeId) {
  const count = 2 ** (level % KEPT_LEVELS);
  return { level: level - (level % KEPT_LEVELS), first: index * count, count };
}

function joined(hashes: readonly Buffer[], count: number): Buffer {
  if (hashes.length !== count) throw new MissingHashes();
  const range = new CompactRange();
  for (const hash of hashes) range.append(hash);
  return range.root();
}
