import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { giveTo, spawnIdentity } from './account.js';
import { type Binaries, program } from './binaries.js';
import type { DataHome } from './data-home.js';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';

/** Name of the database, and of the role that owns the cluster. */
export const redoubt = 'redoubt';

const run = promisify(execFile);

/** The environment of every PostgreSQL program: ours may hold secrets, and PG* variables that would steer it. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return { LC_ALL: 'C', TZ: 'UTC', ...(SystemRoot === undefined ? {} : { SystemRoot }) };
}

/** Major version of the existing cluster; undefined when there is none yet. */
export function clusterMajor(home: DataHome): number | undefined {
  const file = join(home.cluster, 'PG_VERSION');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : undefined;
}

function writeSecret(home: DataHome): void {
  writeFileSync(`${home.secretFile}.new`, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  giveTo(home.account, `${home.secretFile}.new`);
  renameSync(`${home.secretFile}.new`, home.secretFile);
}

/** @throws EmbeddedPostgresError when a cluster is there and its password is not. */
export function readSecret(home: DataHome): string {
  if (!existsSync(home.secretFile)) {
    if (existsSync(home.cluster)) {
      throw new EmbeddedPostgresError(
        `${home.secretFile}, the password of the database in ${home.cluster}, is missing. ` +
          'Put it back from a backup of the data folder; without it the database cannot be opened.',
      );
    }
    writeSecret(home);
  }
  return readFileSync(home.secretFile, 'utf8').trim();
}

/** Removes what initialisations that were killed left behind. */
async function sweep(home: DataHome): Promise<void> {
  const drafts = readdirSync(home.folder).filter((entry) =>
    entry.startsWith(`${basename(home.cluster)}.init-`),
  );
  for (const draft of drafts) {
    // An initdb that outlived its launcher may still be writing; its next write fails and it ends.
    await rm(join(home.folder, draft), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

async function runInitdb(home: DataHome, binaries: Binaries, draft: string, pwfile: string): Promise<void> {
  // Without --no-sync: it saves a few dozen milliseconds once, and a power cut after the rename would leave a
  // cluster that looks whole and is not.
  const args = [
    '-D',
    draft,
    `--username=${redoubt}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
  ];
  args.push('--data-checksums', `--pwfile=${pwfile}`);
  try {
    await run(program(binaries, 'initdb'), args, {
      cwd: draft,
      env: serverEnvironment(),
      ...spawnIdentity(home.account),
    });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const reason = (stderr ?? '').split('\n').find((line) => /error|fatal/i.test(line)) ?? message;
    throw new EmbeddedPostgresError(
      `The database could not be created in ${home.folder}: ${reason.trim()}. ` +
        'See that the disk has room and the folder is writable, then start again; nothing half made is kept.',
      { cause: error },
    );
  }
}

/** Makes a rename survive a power cut; Windows has no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function makeWay(home: DataHome): void {
  if (!existsSync(home.cluster)) return;
  if (readdirSync(home.cluster).length > 0) {
    throw new EmbeddedPostgresError(
      `${home.cluster} holds files, but no PostgreSQL cluster. Move it away or choose another data folder.`,
    );
  }
  rmdirSync(home.cluster);
}

/**
 * Makes the cluster when there is none, beside its place and renamed into it: a kill at any moment leaves either no
 * cluster or a whole one. An existing one gets the owner and mode PostgreSQL insists on.
 * @throws EmbeddedPostgresError when initdb fails or something else is in the way.
 */
export async function ensureCluster(home: DataHome, binaries: Binaries): Promise<void> {
  await sweep(home);
  if (clusterMajor(home) !== undefined) {
    giveTo(home.account, home.cluster);
    chmodSync(home.cluster, 0o700);
    return;
  }
  makeWay(home);
  const password = readSecret(home);
  const draft = join(home.folder, `${basename(home.cluster)}.init-${randomBytes(6).toString('hex')}`);
  mkdirSync(draft, { mode: 0o700 });
  giveTo(home.account, draft);
  const pwfile = `${draft}.password`;
  try {
    writeFileSync(pwfile, `${password}\n`, { mode: 0o600, flag: 'wx' });
    giveTo(home.account, pwfile);
    await runInitdb(home, binaries, draft, pwfile);
    await rm(pwfile);
    renameSync(draft, home.cluster);
    await syncFolder(home.folder);
  } finally {
    await rm(pwfile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}
