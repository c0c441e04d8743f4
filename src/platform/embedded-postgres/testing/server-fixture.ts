import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg, { type ClientBase, type QueryResultRow } from 'pg';
import { type Account, findAccount, spawnIdentity } from '../account.js';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../embedded-postgres.js';
import { describeProcess, serverProcesses } from '../processes.js';

export const asRoot = process.getuid?.() === 0;

/**
 * The unprivileged account tests run things as; only root can, and only where that account can read this program, which
 * scripts/test.mjs looks at.
 */
export const nobody: Account | undefined =
  asRoot && !process.env.REDOUBT_TEST_CLOSED
    ? findAccount(readFileSync('/etc/passwd', 'utf8').replace(/^postgres:.*$/m, ''))
    : undefined;

const launcher = join(process.cwd(), 'src/platform/embedded-postgres/testing/launcher.cjs');

/** What a launcher process reported. */
export interface Launched {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly lines: string[];
  readonly url: string;
  readonly adopted: boolean;
  readonly dataDir: string;
  readonly error?: string;
}

export async function until(condition: () => boolean, what: string, patienceMs = 20_000): Promise<void> {
  for (const since = Date.now(); !condition(); await sleep(10)) {
    if (Date.now() - since > patienceMs) throw new Error(`still waiting for: ${what}`);
  }
}

export function isRunning(pid: number): boolean {
  const state = describeProcess(pid);
  return state !== undefined && !state.zombie;
}

/** Starts servers under one temporary folder, and knows how to end whatever is left of them. */
export class ServerFixture {
  readonly root: string;
  readonly #processes: ChildProcess[] = [];

  constructor() {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'redoubt-pg-')));
    chmodSync(this.root, 0o777);
  }

  /** A folder that does not exist yet, in a parent anybody may write to. */
  dataDir(): string {
    const parent = mkdtempSync(join(this.root, 'd-'));
    chmodSync(parent, 0o777);
    return join(parent, 'data');
  }

  /** A data folder with a cluster in it: the one that jest makes before the tests. */
  usedDataDir(): string {
    const template = process.env.REDOUBT_TEST_DATABASE;
    if (!template) throw new Error('databases of tests are copied from one that jest.config.cjs has made');
    const dataDir = this.dataDir();
    mkdirSync(dataDir, { mode: 0o711 });
    execFileSync('cp', ['-a', join(template, 'postgres'), join(template, 'pg.secret'), dataDir]);
    return dataDir;
  }

  start(dataDir: string, options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
    return startEmbeddedPostgres({ dataDir, say: () => {}, relocateTo: join(this.root, 'var'), ...options });
  }

  spawn(command: string, args: string[], account?: Account): ChildProcess & { pid: number } {
    const child = spawn(command, args, {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
      ...spawnIdentity(account),
    });
    if (child.pid === undefined) throw new Error(`${command} could not be started`);
    this.#processes.push(child);
    return Object.assign(child, { pid: child.pid });
  }

  /** Runs a launcher as a process of its own; ends with `end`, or by being killed. */
  launcher(dataDir: string, account?: Account, options: Partial<EmbeddedPostgresOptions> = {}) {
    const defaults = { dataDir, searchFrom: [process.cwd()], relocateTo: join(this.root, 'var') };
    return this.spawn(process.execPath, [launcher, JSON.stringify({ ...defaults, ...options })], account);
  }

  async launch(
    dataDir: string,
    account?: Account,
    options: Partial<EmbeddedPostgresOptions> = {},
  ): Promise<Launched> {
    const child = this.launcher(dataDir, account, options);
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
      return { process: child, ...(JSON.parse(line) as Omit<Launched, 'process'>) };
    }
    throw new Error('the launcher ended without a word');
  }

  /** Lets a launcher stop its server and end. */
  async end(launched: Launched): Promise<void> {
    launched.process.stdin?.write('stop\n');
    await until(() => launched.process.exitCode !== null, 'the launcher to end');
  }

  /** All clusters under the root, finished or not. */
  clusters(): string[] {
    const entries = readdirSync(this.root, { recursive: true, encoding: 'utf8' });
    return entries
      .filter((entry) => /(^|\/)postgres(\.init-[0-9a-f]+)?$/.test(entry))
      .map((entry) => join(this.root, entry));
  }

  /** Ends every process still there, by pid, and returns the servers among them. */
  async endAll(): Promise<number[]> {
    for (const child of this.#processes.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    }
    const left = this.clusters().flatMap(serverProcesses);
    for (const pid of left) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
    await until(() => !left.some(isRunning), 'servers to be gone');
    return left;
  }

  async dispose(): Promise<void> {
    await this.endAll();
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

export async function query<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  return connected(url, async (client) => (await client.query<Row>(sql)).rows);
}

export async function connected<T>(url: string, use: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}
