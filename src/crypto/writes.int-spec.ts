import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestDatabase } from '../platform/database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { AppError } from '../platform/errors/app-error.js';
import type { Caller } from '../platform/http/request-context.js';
import { IdempotencyRepository } from '../platform/idempotency/idempotency.repository.js';
import { Writes } from '../platform/idempotency/writes.js';
import { type TestTenant, TestTenants } from './testing/test-tenant.js';

describe('writes with an Idempotency-Key', () => {
  let database: TestDatabase;
  let tenant: TestTenant;
  let other: TestTenant;
  let replays: string[] = [];

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    const tenants = new TestTenants(database.dataSource);
    tenant = await tenants.add();
    other = await tenants.add();
    await database.dataSource.query('CREATE TABLE effects (name text)');
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    replays = [];
    await database.dataSource.query('TRUNCATE effects, idempotency_keys');
  });

  const writes = (): Writes =>
    new Writes(new UnitOfWork(database.dataSource), new IdempotencyRepository(), tenant.sealer);

  function caller(key: string | undefined, payload = 'payload', who = tenant): Caller {
    const digest = Buffer.alloc(32, payload);
    return {
      principal: { organizationId: who.organizationId, userId: who.userId },
      idempotencyKey: key,
      digest: () => digest,
      answerTime: () => new Date('2026-01-02T03:04:05.678Z'),
      markReplayed: (at: Date) => {
        replays.push(at.toISOString());
      },
    } as unknown as Caller;
  }

  const effect = (name: string) => async (tx: Tx) => {
    await tx.query('INSERT INTO effects VALUES ($1)', [name]);
    return { id: randomBytes(8).toString('hex'), secret: 'shown once' };
  };

  const effects = async (): Promise<number> =>
    (await database.dataSource.query('SELECT count(*)::int AS n FROM effects'))[0].n;

  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );

  it('has one effect for 100 parallel uses; each gets that answer or learns that it is in flight', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, () => writes().run(caller('same'), effect('one'))),
    );
    const answers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.id] : []));
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.code] : [],
    );
    expect(await effects()).toBe(1);
    expect(new Set(answers).size).toBe(1);
    expect(refusals.every((code) => code === 'IDEMPOTENCY_KEY_IN_FLIGHT')).toBe(true);
    expect((await writes().run(caller('same'), effect('two'))).id).toBe(answers[0]);
    expect(await effects()).toBe(1);
  });

  it('replays the same bytes, says so, and withholds what is shown once', async () => {
    const first = await writes().run(caller('k'), effect('one'), { withhold: 'secret' });
    expect(first.secret).toBe('shown once');
    const again = await writes().run(caller('k'), effect('one'), { withhold: 'secret' });
    expect(again).toEqual({ id: first.id, secret_withheld: true });
    expect(replays).toEqual(['2026-01-02T03:04:05.678Z']);
    const [{ sealed }] = await database.dataSource.query('SELECT sealed FROM idempotency_keys');
    expect(sealed.includes('shown once')).toBe(false);
    expect(sealed.includes(first.id)).toBe(false);
  });

  it('replays an answer without a body', async () => {
    const nothing = async (tx: Tx): Promise<undefined> => {
      await effect('gone')(tx);
    };
    expect(await writes().run(caller('k'), nothing)).toBeUndefined();
    expect(await writes().run(caller('k'), nothing)).toBeUndefined();
    expect(await effects()).toBe(1);
  });

  it('refuses the key for another request', async () => {
    await writes().run(caller('k', 'a'), effect('one'));
    expect(await codeOf(writes().run(caller('k', 'b'), effect('two')))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await effects()).toBe(1);
  });

  it('is one user’s own: another tenant may use the same key', async () => {
    await writes().run(caller('k'), effect('one'));
    await writes().run(caller('k', 'payload', other), effect('two'));
    expect(await effects()).toBe(2);
  });

  it('keeps nothing of a write that failed, so that the repetition works', async () => {
    const failing = async (tx: Tx): Promise<{ id: string }> => {
      await effect('half')(tx);
      throw new Error('later');
    };
    await expect(writes().run(caller('k'), failing)).rejects.toThrow('later');
    expect(await effects()).toBe(0);
    await writes().run(caller('k'), effect('one'));
    expect(await effects()).toBe(1);
  });

  it('frees the key when the connection of a write dies', async () => {
    const hung = writes().run(caller('k'), async (tx) => {
      await effect('lost')(tx);
      await tx.query('SELECT pg_sleep(30)');
      return { id: 'never' };
    });
    const lost = expect(hung).rejects.toThrow();
    await sleep(200);
    expect(await codeOf(writes().run(caller('k'), effect('two')))).toBe('IDEMPOTENCY_KEY_IN_FLIGHT');
    await database.dataSource.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'`,
    );
    await lost;
    await writes().run(caller('k'), effect('one'));
    expect(await effects()).toBe(1);
  });

  it('forgets answers after their life, and takes the key anew', async () => {
    await writes().run(caller('k', 'a'), effect('one'));
    await database.dataSource.query(`UPDATE idempotency_keys SET expires_at = now() - interval '1 second'`);
    await writes().run(caller('k', 'b'), effect('two'));
    await database.dataSource.query(`UPDATE idempotency_keys SET expires_at = now() - interval '1 second'`);
    const { manager } = database.dataSource;
    expect(await new IdempotencyRepository().deleteExpired(manager)).toBe(1);
    expect(await effects()).toBe(2);
  });

  it.each(['', ' '.repeat(300), 'ü', 'a\nb'])('refuses the key %j', async (key) => {
    expect(await codeOf((async () => writes().run(caller(key), effect('one')))())).toBe('VALIDATION_ERROR');
  });
});
