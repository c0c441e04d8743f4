import { spawnSync } from 'node:child_process';
import { describeWith } from '../support/tools.js';

const LIMIT_MS = 400_000;

describeWith('redis-server', 'several processes together, with parts killed, on both backends', () => {
  it(
    'keep limits exact, revocations immediate, slots free, writes single and batches whole',
    () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['proofs/in-brief.mjs'], {
        encoding: 'utf8',
        timeout: LIMIT_MS,
        killSignal: 'SIGTERM',
      });
      // Both in one comparison, so that a failure shows the seed and the tables.
      expect({ status, output: status === 0 ? '' : `${stdout}\n${stderr}` }).toEqual({
        status: 0,
        output: '',
      });
    },
    LIMIT_MS + 10_000,
  );
});
