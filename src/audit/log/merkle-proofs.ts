import { type NodeId, nodesOf, rootOf } from './compact-range.js';
import { HASH_BYTES, nodeHash } from './merkle-hash.js';

/** Gives hashes of complete subtrees, in the order in which they are asked for. */
export type NodeReader = (nodes: readonly NodeId[]) => Promise<readonly Buffer[]>;

/** Leaves `[begin, end)` of which a proof tells the root. */
type Span = readonly [begin: number, end: number];

/** The largest power of two below `n`, which is at least 2. */
function splitOf(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/** RFC 6962 §2.1.1. */
function inclusionSpans(index: number, begin: number, end: number): Span[] {
  if (end - begin === 1) return [];
  const middle = begin + splitOf(end - begin);
  return index < middle
    ? [...inclusionSpans(index, begin, middle), [middle, end]]
    : [...inclusionSpans(index, middle, end), [begin, middle]];
}

/** RFC 6962 §2.1.2; `isKnown` while the subtree is one whose root the verifier has. */
function consistencySpans(old: number, begin: number, end: number, isKnown: boolean): Span[] {
  if (old === end) return isKnown ? [] : [[begin, end]];
  const middle = begin + splitOf(end - begin);
  return old <= middle
    ? [...consistencySpans(old, begin, middle, isKnown), [middle, end]]
    : [...consistencySpans(old, middle, end, false), [begin, middle]];
}

async function rootsOf(spans: readonly Span[], read: NodeReader): Promise<Buffer[]> {
  const nodes = spans.map(([begin, end]) => nodesOf(begin, end));
  const hashes = await read(nodes.flat());
  let from = 0;
  return nodes.map(({ length }) => {
    from += length;
    return rootOf(hashes.slice(from - length, from));
  });
}

/** Root of a tree of which at least `size` leaves are there. */
export const rootAt = async (size: number, read: NodeReader): Promise<Buffer> =>
  rootOf(await read(nodesOf(0, size)));

/** That a leaf is in the tree of `size` leaves. @throws RangeError unless `index` < `size` */
export async function inclusionProof(index: number, size: number, read: NodeReader): Promise<Buffer[]> {
  if (index < 0 || index >= size) throw new RangeError('no such leaf in a tree of this size');
  return rootsOf(inclusionSpans(index, 0, size), read);
}

/** That the tree of `size` leaves begins with that of `old`. Empty where there is nothing to prove. @throws RangeError */
export async function consistencyProof(old: number, size: number, read: NodeReader): Promise<Buffer[]> {
  if (old < 0 || old > size) throw new RangeError('a tree begins with none larger than itself');
  return old === 0 || old === size ? [] : rootsOf(consistencySpans(old, 0, size, true), read);
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;
const areHashes = (hashes: readonly Uint8Array[]): boolean =>
  hashes.every(({ length }) => length === HASH_BYTES);
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** What an inclusion proof proves. */
export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** RFC 9162 §2.1.3.2. */
export function verifyInclusion({ index, size, leaf, root, proof }: Inclusion): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes([leaf, ...proof])) return false;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const step of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(step, hash);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else hash = nodeHash(hash, step);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && same(hash, root);
}

/** What a consistency proof proves. */
export interface Consistency {
  readonly oldSize: number;
  readonly size: number;
  readonly oldRoot: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** RFC 9162 §2.1.4.2, for which the older tree has a leaf: nothing can be proven of the empty one, and nothing need be. */
export function verifyConsistency({ oldSize, size, oldRoot, root, proof }: Consistency): boolean {
  if (!isCount(oldSize) || !isCount(size) || oldSize === 0 || oldSize > size || !areHashes(proof))
    return false;
  if (oldSize === size) return proof.length === 0 && same(oldRoot, root);
  const isComplete = Number.isInteger(Math.log2(oldSize));
  const [first, ...steps] = isComplete ? [oldRoot, ...proof] : proof;
  if (!first) return false;
  let [fn, sn, oldHash, hash] = [oldSize - 1, size - 1, first, first];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  for (const step of steps) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      [oldHash, hash] = [nodeHash(step, oldHash), nodeHash(step, hash)];
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else hash = nodeHash(hash, step);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && same(oldHash, oldRoot) && same(hash, root);
}
