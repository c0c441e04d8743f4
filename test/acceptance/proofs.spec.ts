import { expectProof, PROOF_MS } from '../support/proof.js';
import { describeWith } from '../support/tools.js';

jest.setTimeout(PROOF_MS + 10_000);

describeWith('redis-server', 'several processes together, with parts killed, on both backends', () => {
  it('keep limits exact, revocations immediate, slots free, writes single and batches whole', () => {
    expectProof('proofs/in-brief.mjs');
  });
});

describe('an exported audit log', () => {
  it('shows whatever was done to it', () => {
    expectProof('proofs/audit-log.mjs', '--trials', '200', '--no-results');
  });
});
