import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './redoubt-process.js';
import { mayUse } from './tools.js';

const START_MS = 10_000;

/** What the queue can run on, where this machine has it. */
export const queueBackends = (what: string): string[] => [
  'PostgreSQL',
  ...(mayUse('redis-server', `${what} over Redis`) ? ['Redis'] : []),
];

/** A Redis of a test's own, on a free loopback port; it writes dumps uncompressed, so that they can be searched. */
export class TestRedis {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  static async start(): Promise<TestRedis> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-redis-'));
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const child = spawn(
      'redis-server',
      [...settings, '--rdbcompression', 'no', '--maxmemory-policy', 'noeviction'],
      {
        stdio: 'ignore',
      },
    );
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    const redis = new TestRedis(child, folder, `redis://127.0.0.1:${port}`);
    await Promise.race([redis.ready(), failed]);
    return redis;
  }

  connect(): Redis {
    return new Redis(this.url, { maxRetriesPerRequest: 1 });
  }

  /** Every key, of whatever type, with what is stored under it as Redis itself writes it. */
  async contents(): Promise<Buffer> {
    const client = this.connect();
    const parts: Buffer[] = [];
    for (const key of await client.keys('*'))
      parts.push(Buffer.from(key), (await client.dumpBuffer(key)) ?? Buffer.alloc(0));
    client.disconnect();
    return Buffer.concat(parts);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: () => 20 });
    client.on('error', () => {});
    const late = sleep(START_MS, 'late', { ref: false });
    if ((await Promise.race([client.ping(), late])) === 'late') throw new Error('redis-server did not start');
    client.disconnect();
  }
}
