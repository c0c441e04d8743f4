import { CompactRange, type NodeId } from '../log/compact-range.js';
import * as Hashes from '../log/merkle-hash.js';

/** Complete subtrees of each so many levels are kept, so that a proof reads two handfuls of short runs of hashes. */
export const KEPT_LEVELS = 8;

/** A tree as far as it has to be known to let it grow. */
export interface Tree {
  readonly id: number;
  /** Null for that of the instance. */
  readonly organizationId: string | null;
  readonly size: number;
  readonly edge: Buffer;
  /** Whether it was found to contradict itself, and was set apart. */
  readonly isQuarantined: boolean;
}

/** A leaf that a tree got. */
export interface NewLeaf {
  readonly tree: number;
  readonly leaf: number;
  /** Of the row that it stands for; null for heads of other trees. */
  readonly number: number | null;
  readonly hash: Buffer;
  readonly sealedDigest: Buffer | null;
}

/** A complete subtree that a tree got. */
export interface NewNode extends NodeId {
  readonly tree: number;
  readonly hash: Buffer;
}

/** A tree while leaves are put into it, with what has to be written of that. */
export class GrowingTree {
  readonly leaves: NewLeaf[] = [];
  readonly nodes: NewNode[] = [];
  private readonly range: CompactRange;

  constructor(readonly tree: Tree) {
    this.range = rangeOf(tree);
  }

  get size(): number {
    return this.range.size;
  }

  get edge(): Buffer {
    return Buffer.concat(this.range.hashes);
  }

  root(): Buffer {
    return this.range.root();
  }

  /** @returns the index of the new leaf */
  append(hash: Buffer, row?: { readonly number: number; readonly sealedDigest: Buffer }): number {
    const { id } = this.tree;
    const leaf = this.range.size;
    this.leaves.push({
      tree: id,
      leaf,
      hash,
      number: row?.number ?? null,
      sealedDigest: row?.sealedDigest ?? null,
    });
    this.range.append(hash, ({ level, index }, joined) => {
      if (level % KEPT_LEVELS === 0) this.nodes.push({ tree: id, level, index, hash: joined });
    });
    return leaf;
  }
}

/** The right edge of a tree as it is kept. */
export function rangeOf({ size, edge }: Tree): CompactRange {
  const hashes: Buffer[] = [];
  for (let at = 0; at < edge.length; at += Hashes.HASH_BYTES)
    hashes.push(edge.subarray(at, at + Hashes.HASH_BYTES));
  return CompactRange.of(size, hashes);
}
