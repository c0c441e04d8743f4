import { expectProof, PROOF_MS } from '../support/proof.js';

const ROUNDS = 3;

jest.setTimeout(PROOF_MS + 10_000);

describe('a kill -9 under load', () => {
  it('loses no audit row of an answered request, and the next start needs no help', () => {
    expectProof('proofs/kill.mjs', '--rounds', String(ROUNDS), '--no-results');
  });
});
