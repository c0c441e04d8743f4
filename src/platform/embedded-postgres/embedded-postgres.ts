import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Binaries, defaultSearch, defaultSystemPath, findBinaries } from './binaries.js';
import { clusterMajor, ensureCluster, readSecret } from './cluster.js';
import { awaitReady, urlOf } from './connection.js';
import { type DataHome, ensureFolder, openHome } from './data-home.js';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';
import { clearStaleRecord, findPostmaster, isAlive } from './postmaster.js';
import { describeProcess } from './processes.js';
import { type EmbeddedPostgres, runningServer, whenGone } from './running-server.js';
import { freePort, logLength, logSince, spawnServer } from './server-process.js';
import { acquireStartLock } from './start-lock.js';

export { EmbeddedPostgresError } from './embedded-postgres.errors.js';
export type { EmbeddedPostgres } from './running-server.js';

export interface EmbeddedPostgresOptions {
  /** Redoubt's data folder, made when missing; the cluster lives in `postgres` inside it. */
  readonly dataDir: string;
  /** Takes lines for the operator. */
  readonly say: (line: string) => void;
  /** Folders from which the platform package is looked for; by default the running script's and the current one. */
  readonly searchFrom?: readonly string[];
  /** Folders of a system PostgreSQL in the form of PATH; by default PATH itself and Debian's places. */
  readonly systemPath?: string;
  /** Root only: where a database goes that the server's account cannot reach in the data folder. */
  readonly relocateTo?: string;
}

type Settled = Required<EmbeddedPostgresOptions>;

const attempts = 5;

/** Somebody else was quicker: a stranger with the port, or a server whose launcher was killed as it spawned it. */
const beaten =
  /could not bind|could not create any TCP\/IP sockets|lock file "postmaster.pid" already exists/;

function withDefaults(options: EmbeddedPostgresOptions): Settled {
  return {
    searchFrom: defaultSearch(),
    systemPath: defaultSystemPath(),
    relocateTo: '/var/lib/redoubt',
    ...options,
    dataDir: ensureFolder(resolve(options.dataDir)),
  };
}

/** Takes over a server that outlived its launcher; waits out one that is shutting down. */
async function adopt(home: DataHome): Promise<EmbeddedPostgres | undefined> {
  if (!existsSync(home.cluster)) return undefined;
  const cluster = realpathSync(home.cluster);
  for (;;) {
    const postmaster = await findPostmaster(cluster);
    if (postmaster === undefined) return undefined;
    const address = { port: postmaster.port, password: readSecret(home) };
    if ((await awaitReady(address, cluster, () => !isAlive(postmaster))) === 'ready') {
      const exited = whenGone(postmaster);
      return runningServer({ postmaster, url: urlOf(address), cluster, adopted: true, exited });
    }
  }
}

function startFailure(home: DataHome, log: string): EmbeddedPostgresError {
  const reason = log.split('\n').find((line) => /FATAL|PANIC|error/i.test(line));
  return new EmbeddedPostgresError(
    `PostgreSQL did not start in ${home.cluster}: ${reason?.replace(/^.*?(?=FATAL|PANIC)/, '').trim() ?? 'no reason given'}. More may stand in ${home.logFile}. ` +
      'Put the cause right and start again, or set DATABASE_URL to a PostgreSQL server of your own.',
  );
}

/** One start on one port; undefined when it was beaten to it. */
async function launchOn(
  port: number,
  home: DataHome,
  binaries: Binaries,
): Promise<EmbeddedPostgres | undefined> {
  const cluster = realpathSync(home.cluster);
  const address = { port, password: readSecret(home) };
  const logged = logLength(home);
  const child = spawnServer(home, binaries, port);
  const exited = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  if (child.pid === undefined) throw startFailure(home, 'error: the program cannot be run');
  const postmaster = { pid: child.pid, port, startedAt: describeProcess(child.pid)?.startedAt ?? '' };
  const server = runningServer({
    postmaster,
    url: urlOf(address),
    cluster,
    adopted: false,
    exited,
    binaries,
  });
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  try {
    if ((await awaitReady(address, cluster, isGone)) === 'ready') return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
  const log = logSince(home, logged);
  if (beaten.test(log)) return undefined;
  throw startFailure(home, log);
}

async function launch(home: DataHome, options: Settled): Promise<EmbeddedPostgres | undefined> {
  const { searchFrom, systemPath, say } = options;
  const copies = home.account === undefined ? home.folder : options.relocateTo;
  const wantedMajor = clusterMajor(home);
  const { account } = home;
  const binaries = await findBinaries({ searchFrom, systemPath, copies, account, wantedMajor, say });
  await ensureCluster(home, binaries);
  if (!(await clearStaleRecord(realpathSync(home.cluster)))) return undefined;
  return launchOn(await freePort(), home, binaries);
}

async function startIn(home: DataHome, options: Settled): Promise<EmbeddedPostgres> {
  // A relocated home can have two data folders, when one is a copy of the other.
  const lock = home.folder === options.dataDir ? undefined : await acquireStartLock(home.folder, options.say);
  try {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const server = (await adopt(home)) ?? (await launch(home, options));
      if (server !== undefined) return server;
    }
  } finally {
    await lock?.release();
  }
  throw new EmbeddedPostgresError('PostgreSQL found no free port on 127.0.0.1. Start again in a moment.');
}

/**
 * Starts the private PostgreSQL of a data folder, or takes over the one that already runs there. Of several starts at
 * once on one folder, one starts the server and the others adopt it.
 * @throws EmbeddedPostgresError with a message for the operator.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    const settled = withDefaults(options);
    const lock = await acquireStartLock(settled.dataDir, settled.say);
    try {
      return await startIn(openHome(settled.dataDir, settled.relocateTo, settled.say), settled);
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw EmbeddedPostgresError.from(error, options.dataDir);
  }
}
