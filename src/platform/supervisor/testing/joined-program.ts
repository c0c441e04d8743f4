import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * A program of ours in a form that starts quickly, made once in a test run.
 * @param source from the checkout's root
 * @returns the file to run
 */
export function joinedProgram(source: string): string {
  const run = basename(process.env.REDOUBT_TEST_DATABASE ?? '');
  if (!run) throw new Error('programs of tests are kept for a run that jest.config.cjs has begun');
  const name = basename(source, '.ts');
  // Below the packages that it loads.
  const place = join(process.cwd(), 'node_modules', '.cache', run);
  const folder = join(place, name);
  if (!existsSync(folder)) {
    const made = join(place, `${name}-${process.pid}`);
    mkdirSync(place, { recursive: true });
    execFileSync(process.execPath, [join(__dirname, 'join-program.mjs'), source, made], { stdio: 'inherit' });
    if (!existsSync(folder)) renameSync(made, folder);
  }
  return join(folder, `${name}.mjs`);
}
