import { appendFileSync } from 'node:fs';
import { fuzzAnswers } from './testing/answer-fuzz.js';
import { fuzzRequests } from './testing/request-fuzz.js';

/** The proof runs this with many answers, and asks for the figures. */
const { SHIELD_PROOF_ANSWERS = '2000', SHIELD_PROOF_SEED, SHIELD_PROOF_RESULTS } = process.env;
const ANSWERS = Number(SHIELD_PROOF_ANSWERS);
const SEED = Number(SHIELD_PROOF_SEED ?? Math.floor(Math.random() * 2 ** 31));

jest.setTimeout(Math.max(60_000, ANSWERS * 20));

const note = (outcomes: readonly { readonly violations: readonly string[] }[]): void => {
  for (const outcome of outcomes)
    if (SHIELD_PROOF_RESULTS !== undefined)
      appendFileSync(SHIELD_PROOF_RESULTS, `${JSON.stringify(outcome)}\n`);
  const violations = outcomes.flatMap((outcome) => outcome.violations);
  expect({ seed: SEED, violations: violations.slice(0, 5) }).toEqual({ seed: SEED, violations: [] });
};

describe('random answers, cut anywhere', () => {
  it('have every value in its place, and never a wrong one', async () => {
    note(await fuzzAnswers(ANSWERS, SEED));
  });
});

describe('random requests', () => {
  it('leave without any of their values, and come back exactly', async () => {
    note(await fuzzRequests(Math.ceil(ANSWERS / 20), SEED));
  });
});
