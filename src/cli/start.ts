import { fork } from 'node:child_process';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { packageRoot } from '../platform/config/package-root.js';
import type { Settings } from '../platform/config/settings.js';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../platform/embedded-postgres/embedded-postgres.js';
import { acquireInstanceLock, type InstanceLock } from '../platform/embedded-postgres/instance-lock.js';
import { StartError } from '../platform/errors/start-error.js';
import { Supervisor } from '../platform/supervisor/supervisor.js';
import { GRACE_MS, portTaken } from './listening.js';

/** A running Redoubt: its address, and how to end it. */
export interface RunningInstance {
  readonly url: string;
  /** The administrator's key when this start made it. */
  readonly newKey: string | undefined;
  /** Resolves with what went wrong when the instance ends by itself. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
}

type Say = (line: string) => void;

/** What has been started, ended in reverse order. */
class Teardown {
  private readonly steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.steps.push(step);
  }

  async run(): Promise<void> {
    for (const step of this.steps.splice(0).reverse()) await step();
  }
}

const script = (name: string): string => join(packageRoot(), 'dist', name);

/** The port to use: the wanted one when it is free, a free one for 0. @throws StartError when it is taken */
function choosePort(settings: Settings): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? fail(portTaken(settings)) : done(settings.PORT),
    );
    probe.listen(settings.PORT, settings.HOST, () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : settings.PORT));
    });
  });
}

async function lockInstance(database: EmbeddedPostgres, dataDir: string): Promise<InstanceLock> {
  const lock = await acquireInstanceLock(database.url);
  if (lock) return lock;
  throw new StartError(
    `The data folder ${dataDir} is in use by a Redoubt that is running. ` +
      'Stop that one, or start this one with another folder: REDOUBT_DATA_DIR=./data2 npm start',
  );
}

/** Where a person on this machine, or with a public URL anyone, reaches it. */
function addressOf({ HOST, REDOUBT_PUBLIC_URL }: Settings, port: number): string {
  if (REDOUBT_PUBLIC_URL) return REDOUBT_PUBLIC_URL;
  const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Migrates and prepares in a process of its own, so that the supervisor stays small. */
function runSetup(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((done, fail) => {
    const child = fork(script('setup.js'), {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Out of the terminal's process group: a Ctrl-C waits for the set-up to end, which is a matter of a second.
      detached: process.platform !== 'win32',
    });
    const end = (): boolean => child.kill('SIGKILL');
    process.once('exit', end);
    let result: { newKey?: string } | undefined;
    child.once('message', (message: { newKey?: string }) => {
      result = message;
    });
    child.once('error', fail);
    child.once('exit', (code) => {
      process.off('exit', end);
      if (result && code === 0) done(result.newKey);
      else fail(new AlreadyExplained());
    });
  });
}

/** A child has told the person what is wrong; nothing is left to say. */
export class AlreadyExplained extends Error {}

async function openDatabase(settings: Settings, dataDir: string, teardown: Teardown, say: Say) {
  if (settings.DATABASE_URL) return { url: settings.DATABASE_URL, lost: new Promise<string>(() => {}) };
  const database = await startEmbeddedPostgres({ dataDir, say });
  // Without the lock the server is another Redoubt's, even if this process was the one to start it.
  const lock = await lockInstance(database, dataDir);
  teardown.add(() => database.stop());
  teardown.add(() => lock.release());
  const lost = Promise.race([database.exited, lock.lost]).then(() => 'The database ended.');
  return { url: database.url, lost };
}

/** The API answers when this resolves, and its jobs are done. */
async function startProcesses(supervisor: Supervisor, env: NodeJS.ProcessEnv): Promise<void> {
  const api = { name: 'api', script: script('main.js'), env };
  const worker = { name: 'worker', script: script('worker.js'), env };
  await Promise.all([supervisor.start(api), supervisor.start(worker)]).catch(() => {
    throw new AlreadyExplained();
  });
}

/**
 * Starts everything: database, set-up, API, worker.
 * @param base the environment the settings were read from; the processes started get it too
 * @throws StartError, SettingsError, EmbeddedPostgresError, AlreadyExplained
 */
export async function startInstance(
  settings: Settings,
  say: Say,
  base: NodeJS.ProcessEnv = process.env,
): Promise<RunningInstance> {
  const dataDir = resolve(settings.REDOUBT_DATA_DIR);
  const teardown = new Teardown();
  try {
    const port = await choosePort(settings);
    const database = await openDatabase(settings, dataDir, teardown, say);
    const env = { ...base, DATABASE_URL: database.url, REDOUBT_DATA_DIR: dataDir, PORT: String(port) };
    const newKey = await runSetup(env);
    const supervisor = new Supervisor({ graceMs: GRACE_MS, say });
    teardown.add(() => supervisor.stop());
    await startProcesses(supervisor, env);
    const failed = Promise.race([
      database.lost,
      supervisor.failed.then(({ name }) => `The ${name} process ended.`),
    ]);
    return { url: addressOf(settings, port), newKey, failed, stop: () => teardown.run() };
  } catch (error) {
    await teardown.run();
    throw error;
  }
}
