import {
  lchownSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';

/** The account the server runs under when we are root: PostgreSQL refuses to run as root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const preferredAccounts = ['postgres', 'nobody'];

/** Finds the first of the preferred accounts in the text of a passwd(5) file. */
export function findAccount(passwd: string): Account | undefined {
  const rows = passwd.split('\n').map((line) => line.split(':'));
  for (const name of preferredAccounts) {
    const row = rows.find((fields) => fields[0] === name);
    // macOS writes nobody's ids as -2, which the system call takes as an unsigned number.
    const uid = Number(row?.[2]) >>> 0;
    const gid = Number(row?.[3]) >>> 0;
    if (row !== undefined && uid !== 0) return { name, uid, gid };
  }
  return undefined;
}

/**
 * The account to drop to, or undefined when we are an ordinary user and stay who we are. A cluster that already
 * belongs to an ordinary account keeps it, so that one start as root does not lock its owner out.
 * @throws EmbeddedPostgresError when we are root and no account can be used; none is ever created.
 */
export function serverAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) {
    return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  const account = findAccount(readFileSync('/etc/passwd', 'utf8'));
  if (account === undefined) {
    throw new EmbeddedPostgresError(
      `PostgreSQL refuses to run as root, and there is no account ${preferredAccounts.join(' or ')} to run it as. ` +
        'Start Redoubt as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
  return account;
}

const search = 1;
const read = 4;

function allows(stat: Stats, account: Account, bit: number): boolean {
  if (stat.uid === account.uid) return (stat.mode & (bit << 6)) !== 0;
  if (stat.gid === account.gid) return (stat.mode & (bit << 3)) !== 0;
  return (stat.mode & bit) !== 0;
}

/** Whether the account may pass through the folder and every parent of it. Judges by mode bits alone. */
export function canTraverse(folder: string, account: Account): boolean {
  for (let path = realpathSync(folder); ; path = dirname(path)) {
    if (!allows(statSync(path), account, search)) return false;
    if (path === dirname(path)) return true;
  }
}

/** Whether the account may read the file, its parents included. Judges by mode bits alone. */
export function canRead(file: string, account: Account): boolean {
  const path = realpathSync(file);
  return allows(statSync(path), account, read) && canTraverse(dirname(path), account);
}

/** Gives a file, or a folder with all it holds, to the account. Never follows a symbolic link. */
export function giveTo(account: Account | undefined, path: string): void {
  if (account === undefined) return;
  const stat = lstatSync(path);
  if (stat.isDirectory()) {
    for (const entry of readdirSync(path)) giveTo(account, join(path, entry));
  }
  if (stat.uid !== account.uid) lchownSync(path, account.uid, account.gid);
}

export function spawnIdentity(
  account: Account | undefined,
): { uid: number; gid: number } | Record<string, never> {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}
