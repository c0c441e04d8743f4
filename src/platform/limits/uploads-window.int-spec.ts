import { TestDatabase } from '../database/testing/test-database.js';
import { newId } from '../http/ids.js';
import type { LimitDecision, LimitStorage } from './limit-storage.js';
import { withOverrides } from './plan-limits.js';
import { PLANS } from './plans.js';
import { PostgresLimitStorage } from './postgres-limit.storage.js';
import { refusalOf } from './refusal.js';
import type { RouteLimits } from './route-limits.js';
import { postgresKind, redisKind, type StorageKind } from './testing/storage-kind.js';
import { windowsOf } from './window.js';

const LIMITS = withOverrides(PLANS.unlimited, { per_hour: 6, uploads_per_day: 3 });

const decide = (
  storage: LimitStorage,
  subject: string,
  counts: RouteLimits['counts'],
  limits = LIMITS,
): Promise<LimitDecision> =>
  storage.decide({ subject, windows: windowsOf(limits, counts), slots: null, lease: newId('req') });

const usedOf = ({ windows }: LimitDecision): number[] => windows.map(({ used }) => used);

describe.each([
  ['PostgreSQL', postgresKind],
  ['Redis', redisKind],
])('uploads and completions counted in %s', (_, start) => {
  let kind: StorageKind;

  beforeAll(async () => {
    kind = await start();
  });
  afterAll(() => kind.stop());

  it('use up both windows or, refused, none; other requests leave the uploads alone', async () => {
    const storages = await Promise.all([kind.open(60_000_000), kind.open(60_000_000)]);
    const [storage] = storages as [LimitStorage, LimitStorage];
    const tries = Array.from({ length: 8 }, (_, index) =>
      decide(storages[index % 2] ?? storage, 'user:uploads', 'uploads'),
    );
    expect((await Promise.all(tries)).filter(({ allowed }) => allowed)).toHaveLength(3);
    for (const used of [4, 5, 6]) {
      const other = await decide(storage, 'user:uploads', undefined);
      expect([other.allowed, usedOf(other)]).toEqual([true, [used]]);
    }
    const refused = await decide(storage, 'user:uploads', 'uploads');
    expect([refused.allowed, usedOf(refused)]).toEqual([false, [6, 3]]);
    expect(refused.windows[1]?.waitFor).toBeGreaterThan(86_300_000_000);
  });

  it('use up all their windows or, refused, none; completions and uploads leave each other alone', async () => {
    const limits = withOverrides(LIMITS, { per_minute: 8, per_day: 5, per_hour: null });
    const storages = await Promise.all([kind.open(60_000_000), kind.open(60_000_000)]);
    const [storage] = storages as [LimitStorage, LimitStorage];
    const ask = (counts: RouteLimits['counts'], at = storage) =>
      decide(at, 'user:completions', counts, limits);
    const tries = Array.from({ length: 8 }, (_, index) => ask('completions', storages[index % 2]));
    expect((await Promise.all(tries)).filter(({ allowed }) => allowed)).toHaveLength(2);
    expect(usedOf(await ask('uploads'))).toEqual([3, 3, 1]);
    const refused = await ask('completions');
    expect([refused.allowed, usedOf(refused)]).toEqual([false, [3, 3, 2, 2]]);
    const reason = refusalOf(refused);
    expect(reason).toEqual({ by: 'completions_day', seconds: expect.any(Number) });
    for (const used of [4, 5]) expect(usedOf(await ask(undefined))).toEqual([used, used]);
    expect((await ask(undefined)).allowed).toBe(false);
  });
});

describe('what versions with fewer windows counted', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
  });
  afterAll(() => database.stop());

  /** As that version asks: five elements a request. */
  const askAsBefore = (subject: string): Promise<{ allowed: boolean; counts: string[] }[]> =>
    database.dataSource.query(
      `SELECT allowed, counts::text[] FROM take_rate_limits(ARRAY[$1, $1], ARRAY['a', 'b'], ARRAY[NULL, NULL]::bigint[],
         ARRAY[NULL, NULL, 3600000000, NULL, NULL, NULL, NULL, 3600000000, NULL, NULL]::bigint[],
         ARRAY[NULL, NULL, 2, NULL, NULL, NULL, NULL, 2, NULL, NULL]::bigint[], 60000000, '{}', '{}')`,
      [subject],
    );

  it('goes on to count, and its rows hold uploads as soon as there are some', async () => {
    const storage = new PostgresLimitStorage(database.dataSource);
    await database.dataSource.query(
      `INSERT INTO rate_limits VALUES ('old', '{0,0,5,0,0}', ARRAY[0, 0, rate_limit_clock() + 60000000, 0, 0])`,
    );
    expect(usedOf(await decide(storage, 'old', 'uploads'))).toEqual([6, 1]);
    expect((await decide(storage, 'old', 'uploads')).allowed).toBe(false);
  });

  it('goes on to count where a version knew uploads and no completions', async () => {
    const storage = new PostgresLimitStorage(database.dataSource);
    await database.dataSource.query(
      `INSERT INTO rate_limits VALUES ('six', '{0,0,5,0,0,2}', ARRAY[0, 0, e, 0, 0, e]) `.replaceAll(
        /\be\b/g,
        'rate_limit_clock() + 60000000',
      ),
    );
    const limits = withOverrides(LIMITS, { completions_per_minute: 1, completions_per_day: 2 });
    expect(usedOf(await decide(storage, 'six', 'completions', limits))).toEqual([6, 1, 1]);
    expect((await decide(storage, 'six', 'completions', limits)).allowed).toBe(false);
    const six = await database.dataSource.query(
      `SELECT allowed, counts::text[] FROM take_rate_limits(ARRAY['six'], ARRAY['a'], ARRAY[NULL]::bigint[],
         ARRAY[NULL, NULL, 3600000000, NULL, NULL, 86400000000]::bigint[],
         ARRAY[NULL, NULL, 7, NULL, NULL, 3]::bigint[], 60000000, '{}', '{}')`,
    );
    expect(six).toEqual([{ allowed: true, counts: ['0', '0', '7', '0', '0', '3', '1', '1'] }]);
  });

  it('can be counted by such a process still', async () => {
    const storage = new PostgresLimitStorage(database.dataSource);
    const taken = await askAsBefore('both');
    expect(taken.map(({ allowed, counts }) => [allowed, counts[2]])).toEqual([
      [true, '1'],
      [true, '2'],
    ]);
    expect((await askAsBefore('both')).map(({ allowed }) => allowed)).toEqual([false, false]);
    expect(usedOf(await decide(storage, 'both', 'uploads'))).toEqual([3, 1]);
  });
});
