import { EMPTY_ROOT, nodeHash } from './merkle-hash.js';

/** A complete subtree: it stands over the 2^level leaves from `index` · 2^level. */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/** Told of every complete subtree above leaves, once, when its last leaf comes. */
export type OnNode = (node: NodeId, hash: Buffer) => void;

/** The complete subtrees that leaves `begin` to `end` (exclusive) are made of, from left to right; each as large as can be. */
export function nodesOf(begin: number, end: number): NodeId[] {
  const nodes: NodeId[] = [];
  for (let at = begin; at < end; ) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      level += 1;
      width *= 2;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/**
 * The right edge of a tree that grows: the roots of the complete subtrees that it is made of, which is all that has to be known
 * of it to append to it and to tell its root. At most 53 hashes.
 */
export class CompactRange {
  private readonly levels: number[] = [];
  private readonly nodes: Buffer[] = [];
  private leaves = 0;

  /** @param hashes of {@link nodesOf}(0, size), in this order. @throws RangeError when there are more or fewer */
  static of(size: number, hashes: readonly Buffer[]): CompactRange {
    const range = new CompactRange();
    const nodes = nodesOf(0, size);
    if (nodes.length !== hashes.length) throw new RangeError('not the hashes of a tree of this size');
    for (const [at, { level }] of nodes.entries()) range.appendNode(level, hashes[at] as Buffer);
    return range;
  }

  get size(): number {
    return this.leaves;
  }

  get hashes(): readonly Buffer[] {
    return this.nodes;
  }

  append(leaf: Buffer, onNode?: OnNode): void {
    this.appendNode(0, leaf, onNode);
  }

  /** Appends a complete subtree. @throws RangeError unless a subtree of this level can begin here */
  appendNode(level: number, hash: Buffer, onNode?: OnNode): void {
    const width = 2 ** level;
    if (this.leaves % width !== 0) throw new RangeError('no subtree of this level begins here');
    this.leaves += width;
    this.levels.push(level);
    this.nodes.push(hash);
    for (let at = level; this.levels.at(-2) === at; at += 1) {
      const [right, left] = [this.nodes.pop() as Buffer, this.nodes.pop() as Buffer];
      const joined = nodeHash(left, right);
      this.levels.length -= 2;
      this.levels.push(at + 1);
      this.nodes.push(joined);
      onNode?.({ level: at + 1, index: this.leaves / 2 ** (at + 1) - 1 }, joined);
    }
  }

  root(): Buffer {
    return rootOf(this.nodes);
  }
}

/** The root over complete subtrees side by side that become smaller to the right. */
export const rootOf = (hashes: readonly Buffer[]): Buffer =>
  hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right));
