import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 60_000;

const PROGRAM = join('dist', 'cli.js');

/**
 * A full pool of ephemeral keys would keep a processor busy for half a minute after every start. What asks for more of them
 * than one client may have at a time raises that limit, and finds a few.
 */
const settingsFor = ({ REDOUBT_EPHEMERAL_PER_MINUTE }: NodeJS.ProcessEnv) => ({
  REDOUBT_LOG_LEVEL: 'info',
  REDOUBT_EPHEMERAL_POOL: REDOUBT_EPHEMERAL_PER_MINUTE ? '4' : '1',
});

/** Below the ports that systems give to connections (RFC 6335 and Linux): one of these would be taken before it is listened on. */
const PORTS = { first: 15_000, count: 17_000 };

/** A port nobody uses right now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const running = new Set<RedoubtProcess>();

const folders = new Set<string>();

/** Stops what a failed test left running and removes its folders, so that nothing outlives the tests. */
export async function stopLeftovers(): Promise<void> {
  await Promise.all([...running].map((redoubt) => redoubt.stop()));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
}

/**
 * A Redoubt started the way a person starts it, in a folder of its own, but for the look at whether it has to be built: jest
 * does that once, before the tests.
 */
export class RedoubtProcess {
  private output = '';
  readonly ended: Promise<Ended>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly dataDir: string,
  ) {
    running.add(this);
    const collect = (chunk: Buffer): void => {
      this.output += chunk.toString('utf8');
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.ended = new Promise((resolve) => {
      child.once('close', (code) => {
        running.delete(this);
        resolve({ code, output: this.output });
      });
    });
  }

  /** Spawns a start without waiting for it. */
  static async spawn(env: NodeJS.ProcessEnv = {}, dataDir = preparedDataDir(env)): Promise<RedoubtProcess> {
    const port = env.PORT ?? String(await freePort());
    const child = spawn(process.execPath, [PROGRAM, 'start'], {
      cwd: process.cwd(),
      env: { ...process.env, ...settingsFor(env), REDOUBT_DATA_DIR: dataDir, ...env, PORT: port },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new RedoubtProcess(child, `http://127.0.0.1:${port}`, dataDir);
  }

  /** Spawns and waits until the API answers. @throws Error with the output when it ends instead */
  static async start(env: NodeJS.ProcessEnv = {}, dataDir = preparedDataDir(env)): Promise<RedoubtProcess> {
    const redoubt = await RedoubtProcess.spawn(env, dataDir);
    try {
      await redoubt.ready();
    } catch (error) {
      await redoubt.stop('SIGKILL');
      throw error;
    }
    return redoubt;
  }

  async ready(): Promise<void> {
    const until = Date.now() + START_MS;
    let over = false;
    void this.ended.then(() => {
      over = true;
    });
    while (!this.output.includes('Ctrl-C stops it.')) {
      if (over || Date.now() > until) throw new Error(`Redoubt did not start:\n${this.output}`);
      await sleep(50);
    }
  }

  get log(): string {
    return this.output;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get adminKey(): string {
    return readFileSync(join(this.dataDir, 'admin-key'), 'utf8').trim();
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }

  /** Stops and removes the data folder. */
  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/**
 * A fresh data folder that holds a database already, migrated and empty: a start makes all else, keys, organization and
 * administrator included, and saves the seconds of initdb.
 */
function preparedDataDir({ DATABASE_URL }: NodeJS.ProcessEnv): string {
  const folder = newDataDir();
  const template = process.env.REDOUBT_TEST_DATABASE;
  if (template && !DATABASE_URL)
    execFileSync('cp', ['-a', join(template, 'postgres'), join(template, 'pg.secret'), folder]);
  return folder;
}

/** A fresh data folder that every account can reach, since a database of root's runs as another one. */
export function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-test-'));
  chmodSync(folder, 0o755);
  folders.add(folder);
  return folder;
}
