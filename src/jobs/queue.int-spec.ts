import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { newId } from '../platform/http/ids.js';
import { hasRedis } from '../platform/limits/testing/test-redis.js';
import { BullBells } from '../platform/queue/bull.bells.js';
import { JobControl } from '../platform/queue/job-control.js';
import { LostTasksRepository } from '../platform/queue/lost-tasks.repository.js';
import { type Backend, QueueWorld } from './testing/queue-world.js';

jest.setTimeout(120_000);

const BACKENDS: readonly Backend[] = hasRedis ? ['postgres', 'redis'] : ['postgres'];

describe.each(BACKENDS)('the queue on %s', (backend) => {
  let world: QueueWorld;

  beforeAll(async () => {
    world = await QueueWorld.start(backend);
  });
  afterAll(() => world?.stop());

  const begun = (jobId: string) =>
    world.until(jobId, async () => (await world.tasks(jobId)).some(({ status }) => status === 'running'));

  const logCodes = async (jobId: string): Promise<string[]> => {
    const sql = 'SELECT code FROM job_logs WHERE job_id = $1 ORDER BY created_at, id';
    const rows: { code: string }[] = await world.database.dataSource.query(sql, [jobId]);
    return rows.map(({ code }) => code);
  };

  describe('with workers that stay', () => {
    beforeAll(() => Promise.all([world.addWorker(8), world.addWorker(8)]));
    afterAll(() => world?.endWorkers());

    it('does every task of a job once and counts its items', async () => {
      const { id } = await world.createJob([{}, { itemsFailed: 2 }, ...Array(40).fill({})], 3);
      const job = await world.ended(id);
      expect(job).toMatchObject({
        status: 'completed',
        itemsTotal: 126,
        itemsCompleted: 124,
        itemsFailed: 2,
      });
      expect(await world.effects(id)).toEqual(Array(42).fill(1));
    });

    it('does a job whose transaction rolled back never, and tells nobody of it', async () => {
      const count = async (): Promise<unknown> =>
        world.database.dataSource.query('SELECT (SELECT count(*) FROM jobs), (SELECT count(*) FROM outbox)');
      const before = await count();
      const failing = world.write(async (tx) => {
        await world.createIn(tx, [{}]);
        throw new Error('changed its mind');
      });
      await expect(failing).rejects.toThrow('changed its mind');
      expect(await count()).toEqual(before);
    });

    it('does a task once however often it is called for', async () => {
      const { id } = await world.createJob([{ sleepMs: 300 }]);
      const [task] = await world.tasks(id);
      const intents = Array.from({ length: 50 }, () => ({
        id: newId('intent'),
        taskId: task?.id ?? '',
        delayMs: 0,
      }));
      await world.get(BullBells).ring(intents);
      await world.ended(id);
      await sleep(500);
      expect(await world.effects(id)).toEqual([1]);
      expect((await world.tasks(id))[0]).toMatchObject({ attempts: 1, status: 'completed' });
    });

    it('repeats a failed task later and later, and then keeps it for a person', async () => {
      const { id } = await world.createJob([{ failures: 2 }, { failures: 9 }, { failures: 9, permanent: 1 }]);
      const job = await world.ended(id);
      expect(job).toMatchObject({ status: 'completed', itemsCompleted: 1, itemsFailed: 2 });
      expect(await world.tasks(id)).toMatchObject([
        { status: 'completed', attempts: 3 },
        { status: 'failed', attempts: 3, errorCode: 'DEMO_FAILED' },
        { status: 'failed', attempts: 1, errorCode: 'DEMO_BROKEN' },
      ]);
      const [last] = await world.database.dataSource.query(
        `SELECT extract(epoch FROM finished_at - started_at) AS seconds FROM tasks WHERE job_id = $1 AND position = 1`,
        [id],
      );
      // Two waits: at least half of 200 ms and half of 400 ms.
      expect(Number(last.seconds)).toBeGreaterThan(0.3);
      expect(await world.effects(id)).toEqual([1, 0, 0]);
      const retried = await world.write((tx) =>
        world.get(JobControl).retry({ organizationId: job.organizationId, jobId: id }, tx),
      );
      expect(retried).toBe(2);
      expect(await world.ended(id)).toMatchObject({ status: 'completed', itemsCompleted: 1, itemsFailed: 2 });
    });

    it('calls a job failed when none of its tasks succeeded', async () => {
      const { id } = await world.createJob([
        { failures: 9, permanent: 1 },
        { failures: 9, permanent: 1 },
      ]);
      expect(await world.ended(id)).toMatchObject({
        status: 'failed',
        errorCode: 'DEMO_BROKEN',
        itemsFailed: 2,
      });
    });
  });

  describe('with workers of its own', () => {
    afterEach(() => world?.endWorkers());

    it('gives the tasks of a killed worker to another, which does each once', async () => {
      const victim = await world.addWorker();
      const { id } = await world.createJob(Array(6).fill({ sleepMs: 800 }));
      await begun(id);
      await world.end(victim, 'SIGKILL');
      await world.addWorker();
      expect(await world.ended(id)).toMatchObject({ status: 'completed', itemsCompleted: 6 });
      expect(await world.effects(id)).toEqual(Array(6).fill(1));
      expect((await world.tasks(id)).reduce((sum, { crashes }) => sum + crashes, 0)).toBeGreaterThan(0);
      expect(await logCodes(id)).toContain('WORKER_LOST');
    });

    it('loses and repeats nothing under a loop of kills', async () => {
      const { id } = await world.createJob(Array(25).fill({ sleepMs: 150 }));
      for (let round = 0; round < 3; round += 1) {
        const victim = await world.addWorker();
        await sleep(250 + round * 100);
        await world.end(victim, 'SIGKILL');
      }
      await world.addWorker();
      expect(await world.ended(id)).toMatchObject({
        status: 'completed',
        itemsCompleted: 25,
        itemsFailed: 0,
      });
      expect(await world.effects(id)).toEqual(Array(25).fill(1));
    });

    it('does what was called for when every call was lost', async () => {
      const { id } = await world.createJob([{}, {}, {}]);
      // As if it had been published, and the queue emptied since.
      await world.database.dataSource.query("UPDATE outbox SET published_at = now() - interval '1 minute'");
      await world.database.dataSource.query(
        "UPDATE tasks SET run_after = now() - interval '1 minute' WHERE job_id = $1",
        [id],
      );
      await world.addWorker();
      expect((await world.ended(id)).status).toBe('completed');
      expect(await world.effects(id)).toEqual([1, 1, 1]);
    });

    it('knows how many calls wait, since those are not lost', async () => {
      const bells = world.get(BullBells);
      const before = await bells.countWaiting();
      const intents = Array.from({ length: 7 }, () => ({
        id: newId('intent'),
        taskId: newId('task'),
        delayMs: 0,
      }));
      await bells.ring(intents);
      await bells.ring(intents);
      expect(await bells.countWaiting()).toBe(before + 7);
      await world.addWorker();
      const { id } = await world.createJob([{}]);
      await world.ended(id);
      expect(await bells.countWaiting()).toBe(0);
    });

    it('lets running tasks end when a worker stops, and puts back those that do not', async () => {
      const worker = await world.addWorker(3);
      const { id, organizationId } = await world.createJob([
        { sleepMs: 300 },
        { sleepMs: 60_000 },
        { sleepMs: 20_000, deaf: 1 },
      ]);
      await world.until(id, async () => (await world.tasks(id)).every(({ status }) => status === 'running'));
      expect(await world.end(worker, 'SIGTERM')).toBe(0);
      expect(await world.tasks(id)).toMatchObject([
        { status: 'completed' },
        { status: 'queued', attempts: 0, crashes: 0 },
        { status: 'queued', attempts: 0, crashes: 0 },
      ]);
      const calls = await world.database.dataSource.query(
        `SELECT count(*)::int AS calls FROM outbox o JOIN tasks t ON t.id = o.task_id
          WHERE job_id = $1 GROUP BY position ORDER BY position`,
        [id],
      );
      expect(calls).toEqual([{ calls: 1 }, { calls: 2 }, { calls: 2 }]);
      await world.write((tx) => world.get(JobControl).cancel({ organizationId, jobId: id }, tx));
    });
  });

  // What the database alone decides is shown once.
  if (backend === 'postgres')
    describe('with workers of its own, wherever calls wait', () => {
      afterEach(() => world?.endWorkers());

      it('cancels what waits at once and what runs soon, and lets neither have an effect', async () => {
        await world.addWorker(2);
        const { id, organizationId } = await world.createJob([
          { sleepMs: 2_000 },
          { sleepMs: 700, deaf: 1 },
          ...Array(5).fill({ sleepMs: 2_000 }),
        ]);
        await begun(id);
        const cancelled = await world.write((tx) =>
          world.get(JobControl).cancel({ organizationId, jobId: id }, tx),
        );
        expect(cancelled).toBe(7);
        expect(await world.job(id)).toMatchObject({ status: 'cancelled' });
        // The worker is free again long before the cancelled task would have ended.
        const next = await world.createJob([{}]);
        await world.until(next.id, ({ status }) => status === 'completed', 1_800);
        await sleep(1_000);
        expect(await world.effects(id)).toEqual(Array(7).fill(0));
        expect((await world.tasks(id)).every(({ status }) => status === 'cancelled')).toBe(true);
        await world.write((tx) => world.get(JobControl).retry({ organizationId, jobId: id }, tx));
        expect(await world.ended(id)).toMatchObject({ status: 'completed', itemsCompleted: 7 });
        expect(await world.effects(id)).toEqual(Array(7).fill(1));
      });

      it('leaves tasks of a kind it does not know to a worker that does', async () => {
        const { id, organizationId } = await world.createJob([{}]);
        const { dataSource } = world.database;
        await dataSource.query('UPDATE tasks SET version = 2 WHERE job_id = $1', [id]);
        await world.addWorker();
        await world.ended((await world.createJob([{}])).id);
        await sleep(1_500);
        expect((await world.tasks(id))[0]).toMatchObject({ status: 'queued', attempts: 0 });
        const unknown = await world
          .get(LostTasksRepository)
          .listUnknownKinds(['demo.step@1'], dataSource.manager);
        expect(unknown).toEqual([{ kind: 'demo.step@2', tasks: 1 }]);
        await world.write((tx) => world.get(JobControl).cancel({ organizationId, jobId: id }, tx));
      });

      it('follows a killed leader', async () => {
        const leader = await world.addWorker();
        await world.ended((await world.createJob([{}])).id);
        await world.addWorker();
        await world.end(leader, 'SIGKILL');
        const { id } = await world.createJob([{}]);
        expect((await world.ended(id)).status).toBe('completed');
      });
    });
});

(hasRedis ? describe : describe.skip)('the queue on Redis', () => {
  let world: QueueWorld;

  beforeAll(async () => {
    world = await QueueWorld.start('redis');
    await world.addWorker(1);
  });
  afterAll(() => world?.stop());

  it('does everything although Redis is emptied again and again', async () => {
    const redis = new Redis(world.redis?.url ?? '');
    const { id } = await world.createJob(Array(30).fill({ sleepMs: 100 }));
    for (let round = 0; round < 3; round += 1) {
      await sleep(400);
      await redis.flushall();
    }
    redis.disconnect();
    expect(await world.ended(id)).toMatchObject({ status: 'completed', itemsCompleted: 30 });
    expect(await world.effects(id)).toEqual(Array(30).fill(1));
  });

  it('takes jobs while Redis is down, and does them when it is back', async () => {
    await world.redis?.kill();
    const { id } = await world.createJob([{}, {}]);
    await sleep(1_500);
    expect((await world.job(id)).status).toBe('queued');
    await world.redis?.startAgain();
    expect((await world.ended(id)).status).toBe('completed');
    expect(await world.effects(id)).toEqual([1, 1]);
  });
});
