import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs the command line's verifier, which needs no server, on the text of an export.
 * @param folder for its files
 * @param old a checkpoint
 * @param instance the path of an export of the instance's log
 */
export function verifyByCommand(
  folder: string,
  text: string,
  old?: string,
  key?: string,
  instance?: string,
): { code: number | null; said: string } {
  const [file, kept] = [join(folder, 'export.jsonl'), join(folder, 'old')];
  writeFileSync(file, text);
  writeFileSync(kept, old ?? '');
  const options = [
    ...(old === undefined ? [] : ['--checkpoint', kept]),
    ...(key ? ['--key', key] : []),
    ...(instance ? ['--instance', instance] : []),
  ];
  return runVerify([file, ...options]);
}

/** Runs `redoubt audit verify`. */
export function runVerify(options: readonly string[]): { code: number | null; said: string } {
  const env = { PATH: process.env.PATH };
  const args = ['dist/cli.js', 'audit', 'verify', ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  return { code: status, said: stdout + stderr };
}
