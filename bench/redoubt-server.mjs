import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.mjs';
import { ROOT } from './machine.mjs';
import { liveServer, recordedPostmaster } from './postmaster.mjs';

const READY = 'Ctrl-C stops it.';
const START_MS = 60_000;
const END_MS = 20_000;
const POLL_MS = 10;

/** A new folder that every account may pass through: run by root, PostgreSQL takes another account. */
function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-measured-'));
  chmodSync(folder, 0o711);
  return folder;
}

/** Our own environment without settings of Redoubt's that the shell may hold. */
function environment(settings) {
  const foreign = /^(?:REDOUBT_|DATABASE_|REDIS_|S3_)|^(?:HOST|PORT)$/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), ...settings };
}

/** A Redoubt started as a person starts it, in a temporary folder of its own; it may be started again and again. */
export class RedoubtServer {
  #folder = newFolder();
  #port;
  #starts = 0;
  #child;
  #log = '';

  /** Resolves, for the latest start, with `{code, signal}` once its process is gone. */
  ended = Promise.resolve({ code: null, signal: null });

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  get dataDir() {
    return join(this.#folder, 'data');
  }

  get pid() {
    return this.#child?.pid;
  }

  get isRunning() {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The administrator's key that the first start made. */
  get key() {
    return readFileSync(join(this.dataDir, 'admin-key'), 'utf8').trim();
  }

  /** What the latest start has written so far. */
  get output() {
    return readFileSync(this.#log, 'utf8');
  }

  /**
   * Starts and waits until it says that it serves.
   * @returns {Promise<number>} milliseconds that took
   * @throws Error with its output when it ends instead, or does not serve within a minute
   */
  async start() {
    this.#port ??= await freePort();
    mkdirSync(this.dataDir, { recursive: true, mode: 0o711 });
    const started = performance.now();
    this.#spawn();
    while (!this.output.includes(READY)) {
      const late = performance.now() - started > START_MS;
      if (late || !this.isRunning) throw new Error(`Redoubt did not start:\n${this.output}`);
      await sleep(POLL_MS);
    }
    return performance.now() - started;
  }

  #spawn() {
    this.#log = join(this.#folder, `start-${++this.#starts}.log`);
    const log = openSync(this.#log, 'w');
    const settings = {
      REDOUBT_DATA_DIR: this.dataDir,
      REDOUBT_LOG_LEVEL: 'info',
      // A full pool would keep a processor busy for half a minute after every start.
      REDOUBT_EPHEMERAL_POOL: '4',
      PORT: String(this.#port),
    };
    this.#child = spawn(process.execPath, [join(ROOT, 'bin', 'redoubt.mjs'), 'start'], {
      cwd: ROOT,
      env: environment(settings),
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.ended = once(this.#child, 'close').then(([code, signal]) => ({ code, signal }));
  }

  /** An orderly stop, as by Ctrl-C. @throws Error when it is not gone after 20 s; it is killed then */
  async stop() {
    if (!this.isRunning) return;
    this.#child.kill('SIGINT');
    const gone = await Promise.race([this.ended, sleep(END_MS, undefined, { ref: false })]);
    if (gone !== undefined) return;
    this.#child.kill('SIGKILL');
    throw new Error(`Redoubt did not stop within ${END_MS} ms.`);
  }

  /** Stops, ends a database that an earlier kill left without its supervisor, and removes the folder. */
  async dispose() {
    try {
      await this.stop();
    } finally {
      const postmaster = recordedPostmaster(this.dataDir);
      if (postmaster !== undefined) process.kill(postmaster, 'SIGINT');
      for (const since = Date.now(); liveServer(this.dataDir) && Date.now() - since < END_MS; ) {
        await sleep(POLL_MS);
      }
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }
}
