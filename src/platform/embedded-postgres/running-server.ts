import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Binaries, program } from './binaries.js';
import { serverEnvironment } from './cluster.js';
import { isAlive, type Postmaster } from './postmaster.js';

/** A started or adopted embedded server. Neither the server nor this handle keeps the process alive. */
export interface EmbeddedPostgres {
  /** With the password in it: not for logs. */
  readonly url: string;
  /** The server was already running, left by a process that was killed. */
  readonly adopted: boolean;
  /** PostgreSQL's data directory. */
  readonly dataDir: string;
  /** Resolves when the server is gone, for whatever reason. */
  readonly exited: Promise<void>;
  /** Ends the server and resolves when it is gone: connections are cut, committed data is safe. */
  stop(): Promise<void>;
}

/**
 * PostgreSQL's shutdown modes, gentlest first, and how long each may take (ms). All are safe for committed data; after
 * the later ones the next start has to recover.
 */
const shutdown: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGINT', 60_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 10_000],
];

/** Asking about a process is one small read on Linux, and a program to run elsewhere. */
const watchEveryMs = process.platform === 'linux' ? 100 : 2_000;
const askEveryMs = process.platform === 'linux' ? 20 : 250;

/** An adopted server is nobody's child here, so nothing but asking tells of its end. */
export function whenGone(postmaster: Postmaster): Promise<void> {
  return new Promise((done) => {
    const timer = setInterval(() => {
      if (isAlive(postmaster)) return;
      clearInterval(timer);
      done();
    }, watchEveryMs).unref();
  });
}

async function goneWithin(postmaster: Postmaster, ms: number): Promise<boolean> {
  for (const since = Date.now(); Date.now() - since < ms; ) {
    if (!isAlive(postmaster)) return true;
    await new Promise((next) => setTimeout(next, askEveryMs));
  }
  return false;
}

function send(postmaster: Postmaster, signal: NodeJS.Signals): void {
  try {
    process.kill(postmaster.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Windows has no signals; pg_ctl speaks to the server through a named pipe. */
async function stopOnWindows(cluster: string, binaries: Binaries): Promise<void> {
  const args = ['stop', '-D', cluster, '-m', 'fast', '-w'];
  await promisify(execFile)(program(binaries, 'pg_ctl'), args, { env: serverEnvironment() });
}

async function stopServer(postmaster: Postmaster, cluster: string, binaries?: Binaries): Promise<void> {
  if (process.platform === 'win32' && binaries !== undefined) return stopOnWindows(cluster, binaries);
  for (const [signal, patienceMs] of shutdown) {
    if (!isAlive(postmaster)) return;
    send(postmaster, signal);
    if (await goneWithin(postmaster, patienceMs)) return;
  }
}

export interface Running {
  readonly postmaster: Postmaster;
  readonly url: string;
  readonly cluster: string;
  readonly adopted: boolean;
  readonly exited: Promise<void>;
  readonly binaries?: Binaries;
}

export function runningServer(running: Running): EmbeddedPostgres {
  const { postmaster, url, cluster, adopted, exited, binaries } = running;
  let stopping: Promise<void> | undefined;
  return {
    url,
    adopted,
    dataDir: cluster,
    exited,
    stop() {
      stopping ??= stopServer(postmaster, cluster, binaries);
      return stopping;
    },
  };
}
