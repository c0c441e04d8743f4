import { setTimeout as sleep } from 'node:timers/promises';
import { toAppError } from '../errors/to-app-error.js';
import { SteadyClient } from './steady-client.js';
import { TestDatabase } from './testing/test-database.js';

describe('a database that goes away', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.start([], false);
  });
  afterAll(() => database.stop());

  const SLEEPING = "query LIKE 'SELECT pg_sleep%' AND state = 'active'";

  async function endSleepers(count: number): Promise<void> {
    const sleepers = async (): Promise<number> =>
      (
        await database.dataSource.query(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE ${SLEEPING}`)
      )[0].n;
    while ((await sleepers()) < count) await sleep(20);
    await database.dataSource.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${SLEEPING}`,
    );
  }

  it('fails the transactions under way as an outage, and serves the next ones', async () => {
    const under = Array.from({ length: 3 }, () =>
      database.dataSource.transaction(async (tx) => {
        await tx.query('SELECT 1');
        await tx.query('SELECT pg_sleep(10)');
      }),
    );
    const outcomes = Promise.allSettled(under);
    await endSleepers(3);
    for (const outcome of await outcomes) {
      const { code } = toAppError(outcome.status === 'rejected' ? outcome.reason : undefined);
      expect([outcome.status, code]).toEqual(['rejected', 'SERVICE_UNAVAILABLE']);
    }
    expect(await database.dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('ends no process by what it still says on a connection nobody holds', async () => {
    const runner = database.dataSource.createQueryRunner();
    const client: unknown = await runner.connect();
    await runner.release();
    if (!(client instanceof SteadyClient)) throw new Error('the pool makes other clients');
    expect(client.emit('error', new Error('terminating connection'))).toBe(true);
    expect(await database.dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
