import { appendFileSync } from 'node:fs';
import { describeWithPython } from '../../../test/support/python.js';
import { shellLinesOf, variablesOf } from './testing/any-variables.js';
import { compare, misreadShell, refusedInVain } from './testing/comparison.js';
import { DOTENV_READERS, LITERAL_SHELL, SHELL_READERS, TRYING_READERS } from './testing/real-readers.js';

/** The proof runs this with many values, and asks for the figures. */
const { DOTENV_PROOF_VALUES = '300', DOTENV_PROOF_SEED, DOTENV_PROOF_RESULTS } = process.env;
const VALUES = Number(DOTENV_PROOF_VALUES);
const SEED = Number(DOTENV_PROOF_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** A process of a shell each; of values that were refused some twenty. */
const LINES = Math.min(2000, VALUES);
const REFUSED = Math.min(100, VALUES / 20);

describeWithPython(['dotenv'], 'files of variables as npm dotenv, python-dotenv and shells read them', () => {
  const variables = variablesOf(VALUES, SEED);

  it.each([
    ['dotenv' as const, DOTENV_READERS],
    ['shell' as const, SHELL_READERS],
  ])('%s is read back identically or refused by name', (format, readers) => {
    const comparisons = compare(variables, format, readers);
    if (DOTENV_PROOF_RESULTS !== undefined) {
      for (const comparison of comparisons)
        appendFileSync(DOTENV_PROOF_RESULTS, `${JSON.stringify(comparison)}\n`);
    }
    const violations = comparisons.flatMap((comparison) => comparison.violations);
    expect({ seed: SEED, violations: violations.slice(0, 20) }).toEqual({ seed: SEED, violations: [] });
    for (const { refused } of comparisons) expect(refused).toBeLessThan(format === 'shell' ? 1 : VALUES / 2);
  });

  it('dotenv refuses nothing that a quoting would carry to all of them', () => {
    const vain = refusedInVain(variables, TRYING_READERS, REFUSED);
    expect({ seed: SEED, vain: vain.slice(0, 20) }).toEqual({ seed: SEED, vain: [] });
  });

  it('shell files are understood as bash understands them, or refused', () => {
    const { accepted, misread } = misreadShell(shellLinesOf(LINES, SEED), LITERAL_SHELL);
    expect({ seed: SEED, misread: misread.slice(0, 20) }).toEqual({ seed: SEED, misread: [] });
    expect(accepted).toBeGreaterThan(LINES / 10);
  });
});
