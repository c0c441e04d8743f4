import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.mjs';
import { ROOT } from './machine.mjs';
import { ManagedProcess } from './managed-process.mjs';
import { recordedPostmaster } from './postmaster.mjs';
import { TcpDoor } from './tcp-door.mjs';

const POLL_MS = 20;
const READY_MS = 60_000;

const accepts = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true) ?? socket.destroy());
    socket.once('error', () => resolve(false));
  });

/** Polls until a check holds, giving the caller a look between polls. */
const polled = (check) => async () => {
  if (await check().catch(() => false)) return true;
  await sleep(POLL_MS);
  return false;
};

const answers = (url) => async () => (await fetch(`${url}/readyz`)).status === 200;

/** What the embedded server's 60 connections leave to each process, beside the queue's and those that a kill left behind. */
const poolSize = (processes) => Math.max(2, Math.floor(24 / processes));

/** 32 letters and digits: a key of a strength that the settings accept. */
const newKey = () => `sk_live_${randomBytes(24).toString('hex')}`;

/**
 * Redoubt as it is run in production, on this machine: any number of API and worker processes on one PostgreSQL and,
 * if asked, one Redis with an append-only file. Every part can be killed and started again by itself.
 */
export class Cluster {
  key = newKey();
  apis = [];
  workers = [];
  redis;
  #folder;
  #database;
  #door = new TcpDoor();
  #env;

  /** @param options `{apis, workers, redis, settings}`: counts, whether to use Redis, further settings */
  static async start(options) {
    const cluster = new Cluster();
    try {
      await cluster.#start(options);
      return cluster;
    } catch (error) {
      await cluster.dispose();
      throw error;
    }
  }

  /** Where keys, database and files lie, and the logs beside them. */
  get folder() {
    return this.#folder;
  }

  get urls() {
    return this.apis.map(({ url }) => url);
  }

  get databaseUrl() {
    return this.#env.DATABASE_URL;
  }

  async #start({ apis, workers, redis, settings = {} }) {
    this.#folder = mkdtempSync(join(tmpdir(), 'redoubt-proof-'));
    chmodSync(this.#folder, 0o711);
    const doorPort = await this.#door.open();
    await this.startDatabase();
    const url = new URL(this.#database.url);
    url.port = String(doorPort);
    if (redis) await this.#addRedis();
    this.#env = {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: url.href,
      REDOUBT_DATA_DIR: join(this.#folder, 'data'),
      REDOUBT_ADMIN_KEY: this.key,
      REDOUBT_MASTER_KEY: randomBytes(32).toString('hex'),
      REDOUBT_LOG_LEVEL: 'warn',
      REDOUBT_TRUST_PROXY: '127.0.0.1',
      // A full pool would keep a processor busy for half a minute after the start.
      REDOUBT_EPHEMERAL_POOL: '4',
      DATABASE_POOL: String(poolSize(apis + workers)),
      ...(this.redis && { REDIS_URL: this.redis.url }),
      ...settings,
    };
    await this.#setUp();
    // One after the other: all at once they would starve each other on a small machine.
    for (let index = 0; index < apis; index++) await this.#addApi(index);
    for (let index = 0; index < workers; index++) await this.#addWorker(index);
  }

  async startDatabase() {
    const { startEmbeddedPostgres } = await import('../dist/platform/embedded-postgres/embedded-postgres.js');
    const dataDir = join(this.#folder, 'data');
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    this.#database = await startEmbeddedPostgres({ dataDir, say: () => {} });
    this.#door.target = Number(new URL(this.#database.url).port);
  }

  /** SIGKILL to the whole server: the postmaster takes its backends with it. */
  async killDatabase() {
    this.#door.target = undefined;
    process.kill(recordedPostmaster(join(this.#folder, 'data')), 'SIGKILL');
    await this.#database.exited;
  }

  #log = (name) => join(this.#folder, `${name}.log`);

  async #setUp() {
    const setUp = new ManagedProcess(process.execPath, {
      args: [join(ROOT, 'dist', 'setup.js')],
      env: this.#env,
      log: this.#log('setup'),
      isReady: async () => true,
    });
    await setUp.start();
    await setUp.ended();
  }

  async #addRedis() {
    const port = await freePort();
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', this.#folder];
    const durable = [
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
      '--save',
      '',
      '--maxmemory-policy',
      'noeviction',
    ];
    this.redis = Object.assign(
      new ManagedProcess('redis-server', {
        args: [...args, ...durable],
        env: { PATH: process.env.PATH },
        log: this.#log('redis'),
        isReady: polled(() => accepts(port)),
      }),
      { url: `redis://127.0.0.1:${port}` },
    );
    await this.redis.start();
  }

  async #addApi(index) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const api = Object.assign(
      new ManagedProcess(process.execPath, {
        args: [join(ROOT, 'dist', 'main.js')],
        env: { ...this.#env, PORT: String(port) },
        log: this.#log(`api-${index}`),
        isReady: polled(answers(url)),
      }),
      { url },
    );
    this.apis[index] = api;
    await api.start();
  }

  async #addWorker(index) {
    const worker = new ManagedProcess(process.execPath, {
      args: [join(ROOT, 'dist', 'worker.js')],
      env: this.#env,
      log: this.#log(`worker-${index}`),
      isReady: async () => true,
    });
    this.workers[index] = worker;
    await worker.start();
  }

  /** Waits until every API process answers that it is ready. @throws Error after a minute */
  async ready() {
    const until = Date.now() + READY_MS;
    for (const { url } of this.apis) {
      while (!(await polled(answers(url))())) if (Date.now() > until) throw new Error(`${url} is not ready`);
    }
  }

  /** Processes that ended by themselves: none should, whatever happens to the others. */
  get lost() {
    const named = (kind, list) => list.map((one, index) => [`${kind} ${index + 1}`, one]);
    const all = [...named('api', this.apis), ...named('worker', this.workers)];
    return all.filter(([, one]) => one.isLost).map(([name]) => name);
  }

  /** One call to an API process, the first unless said otherwise, with JSON or a FormData. @throws TypeError when no answer comes */
  async call(method, path, { json, form, key = this.key, api = 0, headers = {}, signal } = {}) {
    const response = await fetch(`${this.urls[api]}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(form !== undefined && { body: form }),
      ...(signal && { signal }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  /** Ends everything that was started, by its process id, and removes the folder. */
  async dispose() {
    await Promise.all([...this.apis, ...this.workers].map((one) => one.stop()));
    await this.redis?.stop();
    await this.#database?.stop();
    await this.#door.close().catch(() => {});
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
  }
}
