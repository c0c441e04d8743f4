// On a clean machine jest knows of no earlier run and goes by the size of files. A proof is a short file and takes
// minutes: begun last, it would run alone while the other worker has nothing left to do.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const root = join(__dirname, '../..');

/** The longest of them all, in the order they are begun in. */
const LONGEST = [
  'test/acceptance/proofs.spec.ts',
  'src/jobs/queue.int-spec.ts',
  'test/acceptance/file-proofs.spec.ts',
  'test/acceptance/start.spec.ts',
  'test/acceptance/demo.spec.ts',
  'test/acceptance/docs.spec.ts',
  'test/acceptance/canary.spec.ts',
  'test/acceptance/kill.spec.ts',
  'src/platform/embedded-postgres/embedded-postgres.int-spec.ts',
].map((path) => join(root, path));

const missing = LONGEST.filter((path) => !existsSync(path));
if (missing.length > 0) throw new Error(`longest-first.cjs names what is not there: ${missing.join(', ')}`);

module.exports = class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = [...(await super.sort(tests))];
    const rankOf = ({ path }) => (LONGEST.includes(path) ? LONGEST.indexOf(path) : LONGEST.length);
    return sorted.sort((one, other) => rankOf(one) - rankOf(other));
  }
};
