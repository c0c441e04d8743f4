import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Account, canTraverse, serverAccount } from './account.js';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';

/** Where one embedded server keeps its things, and the account it runs under (undefined: ours). */
export interface DataHome {
  readonly folder: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly secretFile: string;
  readonly logFile: string;
  readonly account: Account | undefined;
}

function homeIn(folder: string, account: Account | undefined): DataHome {
  return {
    folder,
    cluster: join(folder, 'postgres'),
    secretFile: join(folder, 'pg.secret'),
    logFile: join(folder, 'postgres.log'),
    account,
  };
}

/**
 * Creates a folder and its missing parents. As root they may be passed through, but not listed, by others, so that
 * the server's account gets to its own folder inside; an existing folder keeps its mode.
 */
export function ensureFolder(folder: string): string {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  const first = mkdirSync(folder, { recursive: true, mode });
  if (first !== undefined) {
    for (let made = folder; made.length >= first.length; made = dirname(made)) chmodSync(made, mode);
  }
  return realpathSync(folder);
}

/**
 * A note in the data folder names the place its cluster was moved to. A name made from the data folder's path
 * would not do alone: it would be lost when the folder is renamed, and found again by a new folder of that name.
 */
function noteOf(dataDir: string): string {
  return join(dataDir, 'postgres.location');
}

function relocate(
  dataDir: string,
  relocateTo: string,
  account: Account,
  say: (line: string) => void,
): string {
  const parent = ensureFolder(relocateTo);
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  let folder = join(parent, hash);
  for (let n = 2; existsSync(folder); n++) folder = join(parent, `${hash}-${n}`);
  ensureFolder(folder);
  if (!canTraverse(folder, account)) {
    throw new EmbeddedPostgresError(
      `PostgreSQL runs as ${account.name}, which can reach neither ${dataDir} nor ${folder}. Put the data folder ` +
        'where other accounts may pass (not under /root), or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
  const note = noteOf(dataDir);
  writeFileSync(`${note}.new`, `${folder}\n`, { mode: 0o644 });
  renameSync(`${note}.new`, note);
  say(`The database lives in ${folder}: PostgreSQL runs as ${account.name}, which cannot reach ${dataDir}.`);
  return folder;
}

function refuseForeign(home: DataHome): void {
  const owner = lstatSync(home.cluster, { throwIfNoEntry: false })?.uid;
  const self = process.getuid?.();
  if (owner === undefined || self === undefined || self === 0 || owner === self) return;
  throw new EmbeddedPostgresError(
    `${home.cluster} belongs to another account (uid ${owner}). Start Redoubt as that account or as root, ` +
      'or choose another data folder.',
  );
}

/**
 * Settles where the cluster of this data folder lives. It is `<dataDir>/postgres`, unless we are root and the account
 * the server must run under cannot reach that: then a folder under `relocateTo`, announced by `say` and remembered in
 * the data folder.
 * @param dataDir an existing folder, links resolved.
 * @throws EmbeddedPostgresError when the cluster belongs to somebody else or nobody could reach it.
 */
export function openHome(dataDir: string, relocateTo: string, say: (line: string) => void): DataHome {
  const note = noteOf(dataDir);
  const noted = existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined;
  if (noted !== undefined && !existsSync(noted)) {
    throw new EmbeddedPostgresError(
      `The database of ${dataDir} lives in ${noted}, which is gone. Put that folder back; ` +
        `or, to begin with an empty database, delete ${note}.`,
    );
  }
  const folder = noted ?? dataDir;
  const account = serverAccount(join(folder, 'postgres'));
  const home = homeIn(folder, account);
  refuseForeign(home);
  if (account === undefined || canTraverse(folder, account)) return home;
  if (noted === undefined && !existsSync(home.cluster)) {
    return homeIn(relocate(dataDir, relocateTo, account, say), account);
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL runs as ${account.name}, which can no longer reach ${home.cluster}. ` +
      'Give every folder above it the right to be passed through (chmod o+x).',
  );
}
