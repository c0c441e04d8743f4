import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureFolder } from '../../platform/embedded-postgres/data-home.js';
import { StartError } from '../../platform/errors/start-error.js';

/** Where the demo leaves what people want to look at afterwards; all else goes with it. */
export const KEEPSAKES = join('data', 'demo');

/**
 * Writes files to keep, in place of those of an earlier demo.
 * @returns their paths, in the same order
 * @throws StartError when they cannot be written
 */
export function keep(files: readonly (readonly [name: string, bytes: Buffer | string])[]): string[] {
  try {
    const folder = ensureFolder(resolve(KEEPSAKES));
    return files.map(([name, bytes]) => {
      const path = join(folder, name);
      writeFileSync(path, bytes, { mode: 0o600 });
      return path;
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new StartError(
      `The demo ends: it cannot write to ${resolve(KEEPSAKES)}${code}. Start it in a folder of yours.`,
    );
  }
}
