import { createServer, get, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestDatabase } from '../database/testing/test-database.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { LayeredLimitStorage } from './layered-limit.storage.js';
import type { LimitRequest } from './limit-storage.js';
import { PlanThrottlerStorage } from './plan-throttler.storage.js';
import { PostgresLimitStorage } from './postgres-limit.storage.js';
import { RateLimitsSweeper } from './rate-limits.sweeper.js';
import { connectForLimits } from './redis-connection.js';
import { RedisLimitStorage } from './redis-limit.storage.js';
import { SlotKeeper } from './slot-keeper.service.js';
import { TestRedis } from './testing/test-redis.js';
import type { WindowLimit } from './window.js';

const BOUND_MS = 2_000;
const MINUTE: WindowLimit = { name: 'minute', limit: 10, size: 60_000_000 };
const day = (limit: number): WindowLimit => ({ name: 'day', limit, size: 86_400_000_000 });

let leases = 0;
const ask = (
  subject: string,
  windows: readonly WindowLimit[],
  slots: number | null = null,
): LimitRequest => ({ subject, windows, slots, lease: `req_${leases++}` });

describe('counting', () => {
  let database: TestDatabase;
  let server: TestRedis;
  let connection: ReturnType<typeof connectForLimits>;
  let redis: RedisLimitStorage;
  let postgres: PostgresLimitStorage;

  beforeAll(async () => {
    [database, server] = await Promise.all([TestDatabase.start([]), TestRedis.start()]);
    connection = connectForLimits(server.url);
    await connection.connect();
    redis = new RedisLimitStorage(connection);
    postgres = new PostgresLimitStorage(database.dataSource);
  });
  afterAll(async () => {
    connection.disconnect();
    await Promise.all([database.stop(), server.stop()]);
  });

  /** That a decision fails as a 503 within the bound. */
  async function expectOutage(storage: PlanThrottlerStorage, request: LimitRequest): Promise<void> {
    const started = Date.now();
    await expect(storage.decide(request)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      retryAfterSeconds: 1,
    });
    expect(Date.now() - started).toBeLessThan(BOUND_MS);
  }

  async function expectRecovery(storage: PlanThrottlerStorage, request: () => LimitRequest): Promise<void> {
    const until = Date.now() + 5_000;
    for (;;) {
      const decision = await storage.decide(request()).catch(() => undefined);
      if (decision) return expect(decision.allowed).toBe(true);
      if (Date.now() > until) throw new Error('the storage did not come back');
      await sleep(50);
    }
  }

  it('lets nothing through while Redis is gone or hangs, says so soon, and goes on by itself', async () => {
    const storage = new PlanThrottlerStorage(redis);
    const request = () => ask('user:redis:x', [MINUTE]);
    expect((await storage.decide(request())).allowed).toBe(true);
    server.signal('SIGSTOP');
    await expectOutage(storage, request());
    server.signal('SIGCONT');
    await expectRecovery(storage, request);
    await server.kill();
    await expectOutage(storage, request());
    await expectOutage(storage, request());
    await server.startAgain();
    await expectRecovery(storage, request);
  });

  it('lets nothing through while the database does not decide, and counts nothing of that', async () => {
    const storage = new PlanThrottlerStorage(postgres);
    const request = () => ask('user:locked:x', [MINUTE], 5);
    await storage.decide(request());
    await database.dataSource.transaction(async (tx) => {
      await tx.query(`SELECT 1 FROM rate_limits WHERE subject = 'user:locked:x' FOR UPDATE`);
      await expectOutage(storage, request());
    });
    const next = await storage.decide(request());
    expect([next.windows[0]?.used, next.slotsUsed]).toEqual([2, 2]);
  });

  it('gives up no slot to a request that was given up itself', async () => {
    const storage = new PlanThrottlerStorage(postgres);
    const blocked = ask('user:late:x', [], 1);
    await database.dataSource.query(
      `CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(2); RETURN NEW; END'`,
    );
    await database.dataSource.query(
      'CREATE TRIGGER hold BEFORE INSERT ON rate_limit_slots FOR EACH ROW EXECUTE FUNCTION hold()',
    );
    await expectOutage(storage, blocked);
    await database.dataSource.query('DROP TRIGGER hold ON rate_limit_slots');
    await sleep(1_000);
    expect(await storage.decide(ask('user:late:x', [], 1))).toMatchObject({ allowed: true, slotsUsed: 1 });
  });

  it('in Redis and database together consumes nothing of the one when the other refuses or fails', async () => {
    const both = new LayeredLimitStorage(redis, postgres);
    const windows = [MINUTE, day(2)];
    const request = () => ask('user:both:x', windows, 3);
    const passed = [await both.decide(request()), await both.decide(request())];
    expect(passed.map(({ allowed }) => allowed)).toEqual([true, true]);
    expect(passed[1]?.windows.map(({ name, used }) => [name, used])).toEqual([
      ['minute', 2],
      ['day', 2],
    ]);
    for (let index = 0; index < 4; index += 1) {
      const refused = await both.decide(request());
      expect(refused.allowed).toBe(false);
      expect(refused.windows[0]?.waitFor).toBeGreaterThan(0);
    }
    const seen = await redis.decide(ask('user:both:x', [MINUTE], 3));
    expect([seen.windows[0]?.used, seen.slotsUsed]).toEqual([3, 3]);
    await database.dataSource.transaction(async (tx) => {
      await tx.query(`SELECT 1 FROM rate_limits WHERE subject = 'user:both:x' FOR UPDATE`);
      await expect(both.decide(ask('user:both:x', windows))).rejects.toThrow();
    });
    expect((await redis.decide(ask('user:both:x', [MINUTE]))).windows[0]?.used).toBe(4);
  });

  it('in Redis and database together takes no day from a request that the minute refuses', async () => {
    const both = new LayeredLimitStorage(redis, postgres);
    const windows = [{ ...MINUTE, limit: 3 }, day(100)];
    for (let index = 0; index < 9; index += 1) await both.decide(ask('user:minute:x', windows));
    const { windows: states } = await postgres.decide(ask('user:minute:x', [day(100)]));
    expect(states[0]?.used).toBe(4);
  });

  it('keeps a slot as long as its answer lasts, and not longer', async () => {
    const leaseMs = 300;
    const storage = new PostgresLimitStorage(database.dataSource, leaseMs * 1_000);
    const keeper = new SlotKeeper(storage, leaseMs / 3);
    keeper.onModuleInit();
    const held = ask('user:keeper:x', [], 1);
    expect((await storage.decide(held)).allowed).toBe(true);
    const begun = await new Promise<{ response: ServerResponse; abort(): void }>((resolve) => {
      const http = createServer((_, response) => {
        response.writeHead(200).write('begun');
        http.close();
        resolve({ response, abort: () => client.destroy() });
      }).listen(0, '127.0.0.1', () => {
        const address = http.address();
        client = get({ host: '127.0.0.1', port: typeof address === 'object' ? address?.port : 0 });
        client.on('error', () => undefined);
      });
      let client: ReturnType<typeof get>;
    });
    keeper.hold({ subject: held.subject, lease: held.lease }, begun.response);
    await sleep(leaseMs * 4);
    expect((await storage.decide(ask('user:keeper:x', [], 1))).allowed).toBe(false);
    begun.abort();
    await sleep(leaseMs / 2);
    expect((await storage.decide(ask('user:keeper:x', [], 1))).allowed).toBe(true);
    await keeper.onApplicationShutdown();
  });

  it('answers the throttler’s own question about one window of a route', async () => {
    const storage = new PlanThrottlerStorage(postgres);
    const records = [];
    for (let index = 0; index < 4; index += 1) records.push(await storage.increment('ephemeral', 60_000, 3));
    expect(records.map(({ totalHits, isBlocked }) => [totalHits, isBlocked])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, true],
    ]);
    expect(records[3]?.timeToBlockExpire).toBeGreaterThan(55);
  });

  it('forgets subjects whose windows are over, and only those', async () => {
    const brief: WindowLimit = { name: 'minute', limit: 5, size: 50_000 };
    await postgres.decide(ask('user:over:x', [brief], 1));
    await postgres.decide(ask('user:open:x', [brief, day(5)]));
    await sleep(60);
    await database.dataSource.query(`UPDATE rate_limit_slots SET ends = 1 WHERE subject = 'user:over:x'`);
    await new RateLimitsSweeper(new UnitOfWork(database.dataSource)).run(new AbortController().signal);
    const left = await database.dataSource.query(
      `SELECT subject FROM rate_limits WHERE subject IN ('user:over:x', 'user:open:x')
        UNION ALL SELECT subject FROM rate_limit_slots WHERE subject = 'user:over:x'`,
    );
    expect(left).toEqual([{ subject: 'user:open:x' }]);
    expect((await postgres.decide(ask('user:over:x', [brief], 1))).allowed).toBe(true);
  });
});
