import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

const isRoot = (folder: string): boolean =>
  existsSync(join(folder, 'openapi.yaml')) && existsSync(join(folder, 'package.json'));

/**
 * The installed package's folder: the nearest one above the running script, else above the working folder, that holds
 * the contract. The script comes first since a service may be started from anywhere.
 */
export function packageRoot(): string {
  const starts = [...(process.argv[1] ? [realpathSync(process.argv[1])] : []), join(process.cwd(), '.')];
  for (const start of starts) {
    for (let folder = start; ; folder = dirname(folder)) {
      if (isRoot(folder)) return folder;
      if (folder === dirname(folder)) break;
    }
  }
  throw new Error('the folder with openapi.yaml was not found above the script or the working folder');
}
