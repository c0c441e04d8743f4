import { spawnSync } from 'node:child_process';

/** Longest time of a proof in brief, in milliseconds: several times what it takes, for slow machines. */
export const PROOF_MS = 600_000;

/** Runs a proof with its few trials; a failure shows the seed and the tables. */
export function expectProof(script: string, ...options: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...options], {
    encoding: 'utf8',
    timeout: PROOF_MS,
    killSignal: 'SIGTERM',
  });
  // Both in one comparison, so that the output is there when it is needed.
  expect({ status, output: status === 0 ? '' : `${stdout}\n${stderr}` }).toEqual({ status: 0, output: '' });
}
