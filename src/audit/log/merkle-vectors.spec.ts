import { readFileSync } from 'node:fs';
import { EMPTY_ROOT } from './merkle-hash.js';
import { verifyConsistency, verifyInclusion } from './merkle-proofs.js';

interface Vector {
  readonly desc: string;
  readonly valid: boolean;
  /** Base64, as all hashes. */
  readonly proof: readonly string[] | null;
}

interface InclusionVector extends Vector {
  readonly index: number;
  readonly size: number;
  readonly leaf: string;
  readonly root: string;
}

interface ConsistencyVector extends Vector {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
}

const { inclusion, consistency } = JSON.parse(readFileSync('test/vectors/merkle/proofs.json', 'utf8')) as {
  inclusion: InclusionVector[];
  consistency: ConsistencyVector[];
};

const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
const proofOf = ({ proof }: Vector): Buffer[] => (proof ?? []).map(bytes);

describe("the verdicts of transparency-dev's library", () => {
  it('are ours about inclusion', () => {
    const wrong = inclusion.filter((vector) => {
      const { index, size, leaf, root } = vector;
      const claim = { index, size, leaf: bytes(leaf), root: bytes(root), proof: proofOf(vector) };
      return verifyInclusion(claim) !== vector.valid;
    });
    expect(inclusion.filter(({ valid }) => valid).length).toBeGreaterThan(30);
    expect(wrong).toEqual([]);
  });

  it('are ours about consistency', () => {
    const wrong = consistency.filter((vector) => {
      const { size1, size2, root1, root2 } = vector;
      const roots = { oldRoot: bytes(root1), root: bytes(root2) };
      const claim = { oldSize: size1, size: size2, ...roots, proof: proofOf(vector) };
      // Of an empty beginning the library asks nothing; we ask that its root be that of the empty tree.
      const isBeginning = size1 > 0 || EMPTY_ROOT.equals(bytes(root1));
      return verifyConsistency(claim) !== (vector.valid && isBeginning);
    });
    expect(consistency.filter(({ valid }) => valid).length).toBeGreaterThan(30);
    expect(wrong).toEqual([]);
  });
});
