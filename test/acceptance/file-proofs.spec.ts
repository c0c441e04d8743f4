import { expectProof, PROOF_MS } from '../support/proof.js';

jest.setTimeout(PROOF_MS + 10_000);

describe('uploads and redactions that are killed, and keys that are rotated meanwhile', () => {
  it('lose nothing acknowledged, show no half file, leave no object and no plaintext, and fail no read', () => {
    expectProof('proofs/files-in-brief.mjs');
  });
});
