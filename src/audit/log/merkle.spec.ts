import fc from 'fast-check';
import { CompactRange, type NodeId, nodesOf } from './compact-range.js';
import { EMPTY_ROOT, leafHash } from './merkle-hash.js';
import {
  consistencyProof,
  inclusionProof,
  rootAt,
  verifyConsistency,
  verifyInclusion,
} from './merkle-proofs.js';
import { CT_LEAVES, CT_ROOTS, definedRoot, readerOf, someLeaves } from './testing/small-tree.js';

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
const grown = (leaves: readonly Buffer[]): CompactRange => {
  const range = new CompactRange();
  for (const leaf of leaves) range.append(leafHash(leaf));
  return range;
};
const sizes = fc.tuple(fc.nat(70), fc.nat(70)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

describe('a tree that grows', () => {
  it.each(CT_ROOTS.map((root, size) => [size, root]))('has the known root at %p leaves', (size, root) => {
    expect(hex(grown(CT_LEAVES.slice(0, Number(size))).root())).toBe(root);
  });

  it('has the root that RFC 6962 defines, also when it goes on from what was kept of it', () => {
    fc.assert(
      fc.property(sizes, ([kept, size]) => {
        const leaves = someLeaves(size);
        const range = CompactRange.of(kept, grown(leaves.slice(0, kept)).hashes);
        for (const leaf of leaves.slice(kept)) range.append(leafHash(leaf));
        expect(hex(range.root())).toBe(hex(definedRoot(leaves)));
        expect(range.hashes).toHaveLength(nodesOf(0, size).length);
      }),
      { numRuns: 60 },
    );
  });

  it('tells of every complete subtree above leaves once, with its root', () => {
    const leaves = someLeaves(43);
    const told = new Map<string, string>();
    const range = new CompactRange();
    const note = ({ level, index }: NodeId, hash: Buffer): void => {
      expect(told.has(`${level}/${index}`)).toBe(false);
      told.set(`${level}/${index}`, hex(hash));
    };
    for (const leaf of leaves) range.append(leafHash(leaf), note);
    expect(told.size).toBe(21 + 10 + 5 + 2 + 1);
    for (const [name, hash] of told) {
      const [level = 0, index = 0] = name.split('/').map(Number);
      expect(hash).toBe(hex(definedRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))));
    }
  });

  it('is made of its parts, wherever it is cut', () => {
    fc.assert(
      fc.property(sizes, fc.nat(70), ([begin, end], more) => {
        const leaves = someLeaves(end + more);
        const part = (nodes: readonly NodeId[]) =>
          nodes.map(({ level, index }) => ({
            level,
            hash: definedRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
          }));
        const range = CompactRange.of(
          begin,
          part(nodesOf(0, begin)).map(({ hash }) => hash),
        );
        for (const leaf of leaves.slice(begin, end)) range.append(leafHash(leaf));
        for (const { level, hash } of part(nodesOf(end, leaves.length))) range.appendNode(level, hash);
        expect(hex(range.root())).toBe(hex(definedRoot(leaves)));
      }),
      { numRuns: 60 },
    );
  });

  it('takes no hashes of another size, and no subtree out of line', () => {
    expect(() => CompactRange.of(3, [])).toThrow(RangeError);
    expect(() => grown(someLeaves(3)).appendNode(1, CT_LEAVES[0] as Buffer)).toThrow(RangeError);
  });
});

/** What a forger may try on a proof. */
const forgeries = (proof: readonly Buffer[], other: Buffer): Buffer[][] =>
  [
    ...proof.map((step, at) => {
      const bent = Buffer.from(step);
      bent.writeUInt8(bent.readUInt8(0) ^ 0x10, 0);
      return proof.with(at, bent);
    }),
    ...(proof.length > 0 ? [proof.slice(1), proof.slice(0, -1), [...proof].reverse()] : []),
    [...proof, other],
    [other, ...proof],
    [...proof, Buffer.alloc(0)],
    [...proof, ...proof.slice(-1)],
  ].filter((forged) => forged.map(hex).join() !== proof.map(hex).join());

describe('an inclusion proof', () => {
  const all = (most: number) =>
    Array.from({ length: most }, (_, at) => at + 1).flatMap((size) =>
      Array.from({ length: size }, (_, index) => [size, index] as const),
    );

  it('proves each leaf of each tree to 17 leaves, and no forgery of it proves anything', async () => {
    const leaves = someLeaves(17);
    for (const [size, index] of all(17)) {
      const root = definedRoot(leaves.slice(0, size));
      const proof = await inclusionProof(index, size, readerOf(leaves));
      const claim = { index, size, root, proof, leaf: leafHash(leaves[index] as Buffer) };
      expect(verifyInclusion(claim)).toBe(true);
      for (const forged of forgeries(proof, root))
        expect(verifyInclusion({ ...claim, proof: forged })).toBe(false);
      for (const other of [index - 1, index + 1, index ^ 2, size, -1, 0.5])
        expect(verifyInclusion({ ...claim, index: other })).toBe(false);
      expect(verifyInclusion({ ...claim, leaf: leafHash('another') })).toBe(false);
      expect(verifyInclusion({ ...claim, root: leafHash('another') })).toBe(false);
      expect(verifyInclusion({ ...claim, size: size * 2 + 1 })).toBe(false);
      expect(verifyInclusion({ ...claim, size: Number.NaN })).toBe(false);
    }
  });

  it('is the known one', async () => {
    const proof = await inclusionProof(5, 8, readerOf(CT_LEAVES));
    expect(proof.map(hex)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    await expect(inclusionProof(8, 8, readerOf(CT_LEAVES))).rejects.toThrow(RangeError);
  });
});

describe('a consistency proof', () => {
  it('proves each beginning of each tree to 17 leaves, and no forgery of it proves anything', async () => {
    const leaves = someLeaves(17);
    const read = readerOf(leaves);
    for (let size = 1; size <= 17; size += 1)
      for (let oldSize = 1; oldSize <= size; oldSize += 1) {
        const [oldRoot, root] = [await rootAt(oldSize, read), definedRoot(leaves.slice(0, size))];
        const proof = await consistencyProof(oldSize, size, read);
        const claim = { oldSize, size, oldRoot, root, proof };
        expect([size, oldSize, verifyConsistency(claim)]).toEqual([size, oldSize, true]);
        for (const forged of forgeries(proof, root))
          expect([size, oldSize, verifyConsistency({ ...claim, proof: forged })]).toEqual([
            size,
            oldSize,
            false,
          ]);
        expect(verifyConsistency({ ...claim, oldRoot: leafHash('another') })).toBe(false);
        expect(verifyConsistency({ ...claim, root: leafHash('another') })).toBe(false);
        expect(verifyConsistency({ ...claim, oldSize: 0, oldRoot: EMPTY_ROOT, proof: [] })).toBe(false);
        expect(verifyConsistency({ ...claim, oldSize: size + 1 })).toBe(false);
        if (oldSize < size) {
          expect(verifyConsistency({ ...claim, oldSize: oldSize + 1 })).toBe(false);
          expect(verifyConsistency({ ...claim, oldRoot: root, root: oldRoot })).toBe(false);
          expect(verifyConsistency({ ...claim, proof: [] })).toBe(false);
        }
      }
  });

  it('is the known one', async () => {
    const proof = async (old: number, size: number) =>
      (await consistencyProof(old, size, readerOf(CT_LEAVES))).map(hex);
    expect(await proof(1, 8)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(await proof(6, 8)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    await expect(proof(9, 8)).rejects.toThrow(RangeError);
  });
});
