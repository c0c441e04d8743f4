import { spawnSync } from 'node:child_process';

const ROUNDS = 3;
const LIMIT_MS = 60_000;

describe('a kill -9 under load', () => {
  it(
    'loses no audit row of an answered request, and the next start needs no help',
    () => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['proofs/kill.mjs', '--rounds', String(ROUNDS), '--no-results'],
        { encoding: 'utf8', timeout: LIMIT_MS, killSignal: 'SIGTERM' },
      );
      // Both in one comparison, so that a failure shows the seed and the rounds.
      expect({ status, output: status === 0 ? '' : `${stdout}\n${stderr}` }).toEqual({
        status: 0,
        output: '',
      });
    },
    LIMIT_MS + 10_000,
  );
});
