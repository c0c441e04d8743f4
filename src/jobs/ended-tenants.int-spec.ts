import { setTimeout as sleep } from 'node:timers/promises';
import { QueueWorld } from './testing/queue-world.js';

jest.setTimeout(120_000);

describe('tasks of an organization that has ended', () => {
  let world: QueueWorld;

  beforeAll(async () => {
    world = await QueueWorld.start('postgres');
  });
  afterAll(() => world?.stop());

  it('are begun no more, and those that run come to nothing and are not repeated', async () => {
    await world.addWorker(2);
    const { id } = await world.createJob([{ sleepMs: 900, failures: 9 }, { sleepMs: 900, deaf: 1 }, {}, {}]);
    await world.until(
      id,
      async () => (await world.tasks(id)).filter(({ status }) => status === 'running').length === 2,
    );
    await world.database.dataSource.query('UPDATE organizations SET deleted_at = now()');
    await sleep(1_500);
    expect((await world.tasks(id)).map(({ status, attempts }) => [status, attempts])).toEqual([
      ['running', 1],
      ['running', 1],
      ['queued', 0],
      ['queued', 0],
    ]);
    expect([await world.effects(id), await world.endings(id)]).toEqual([[0, 0, 0, 0], []]);
    const codes = await world.database.dataSource.query('SELECT DISTINCT code FROM job_logs');
    expect(codes).toEqual([{ code: 'DEMO_BEGUN' }]);

    // Rows that go under a worker's hands trouble it no more than that.
    for (const table of ['outbox', 'job_logs', 'tasks', 'jobs'])
      await world.database.dataSource.query(`DELETE FROM ${table}`);
    await world.database.dataSource.query('UPDATE organizations SET deleted_at = NULL');
    const next = await world.createJob([{}]);
    expect(await world.ended(next.id)).toMatchObject({ status: 'completed' });
  });
});
