import { readFileSync } from 'node:fs';
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

/** As transparency-dev has published them, for everybody's libraries. */
interface Published {
  readonly file: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

interface PublishedInclusion extends Published {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly leafHash: string;
  readonly root: string;
}

interface PublishedConsistency extends Published, Omit<ConsistencyVector, keyof Vector> {}

const published = JSON.parse(readFileSync('test/vectors/merkle/published.json', 'utf8')) as {
  inclusion: PublishedInclusion[];
  consistency: PublishedConsistency[];
};

const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
const proofOf = ({ proof }: Pick<Vector, 'proof'>): Buffer[] => (proof ?? []).map(bytes);

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
      // Of an empty beginning that version asks nothing, and later ones take no proof.
      return verifyConsistency(claim) !== (vector.valid && size1 > 0);
    });
    expect(consistency.filter(({ valid }) => valid).length).toBeGreaterThan(30);
    expect(wrong).toEqual([]);
  });
});

describe("transparency-dev's published proofs", () => {
  it('are taken and refused about inclusion as they say', () => {
    const wrong = published.inclusion.filter((vector) => {
      const { leafIdx: index, treeSize: size, leafHash, root } = vector;
      const claim = { index, size, leaf: bytes(leafHash), root: bytes(root), proof: proofOf(vector) };
      return verifyInclusion(claim) === vector.wantErr;
    });
    expect(published.inclusion).toHaveLength(98);
    expect(wrong).toEqual([]);
  });

  it('are taken and refused about consistency as they say', () => {
    const wrong = published.consistency.filter((vector) => {
      const { size1, size2, root1, root2 } = vector;
      const roots = { oldRoot: bytes(root1), root: bytes(root2) };
      return (
        verifyConsistency({ oldSize: size1, size: size2, ...roots, proof: proofOf(vector) }) ===
        vector.wantErr
      );
    });
    expect(published.consistency).toHaveLength(98);
    expect(wrong).toEqual([]);
  });
});
