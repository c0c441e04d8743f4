import { constants, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';

/** Held while one process looks at the cluster and starts its server. */
export interface StartLock {
  release(): Promise<void>;
}

const patienceMs = 120_000;
const noticeAfterMs = 2_000;

/** Listening on a name is exclusive, and the kernel frees the name when its holder dies, however it dies. */
function listenOn(name: string): Promise<StartLock | undefined> {
  return new Promise((done, fail) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') done(undefined);
      else fail(error);
    });
    server.listen(name, () => {
      server.unref();
      done({ release: () => new Promise((released) => void server.close(() => released())) });
    });
  });
}

/** open(2) on macOS and the BSDs takes the lock of flock(2) with these flags, which Node does not name. */
const exclusiveLock = 0x20;
const doNotWait = 0x4;

async function openLocked(file: string): Promise<StartLock | undefined> {
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | exclusiveLock | doNotWait;
    const handle = await open(file, flags, 0o600);
    return { release: () => handle.close() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}

function tryLock(folder: string): Promise<StartLock | undefined> {
  const { dev, ino } = statSync(folder);
  const name = `redoubt-postgres-${dev}-${ino}`;
  // A name that starts with a zero byte is an abstract socket: it has no file that could stay behind (unix(7)).
  if (process.platform === 'linux') return listenOn(`\0${name}`);
  if (process.platform === 'win32') return listenOn(`\\\\.\\pipe\\${name}`);
  return openLocked(join(folder, 'postgres.lock'));
}

/**
 * Waits for its turn to start the server of this folder. No file is left that a crash could make stale.
 * @throws EmbeddedPostgresError after two minutes.
 */
export async function acquireStartLock(folder: string, say: (line: string) => void): Promise<StartLock> {
  const since = Date.now();
  let told = false;
  for (;;) {
    const lock = await tryLock(folder);
    if (lock !== undefined) return lock;
    const waitedMs = Date.now() - since;
    if (waitedMs > patienceMs) {
      throw new EmbeddedPostgresError(
        `Another Redoubt has been starting on ${folder} for two minutes. End that process, then start again.`,
      );
    }
    if (!told && waitedMs > noticeAfterMs) {
      told = true;
      say(`Waiting for another start on ${folder} to finish.`);
    }
    await sleep(50);
  }
}
