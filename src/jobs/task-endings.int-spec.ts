import { JobControl } from '../platform/queue/job-control.js';
import { QueueWorld } from './testing/queue-world.js';

jest.setTimeout(120_000);

describe('the ends of tasks', () => {
  let world: QueueWorld;

  beforeAll(async () => {
    world = await QueueWorld.start('postgres');
  });
  afterEach(() => world?.endWorkers());
  afterAll(() => world?.stop());

  const ended = (position: number, status: string, itemsFailed: number, errorCode: string | null = null) => ({
    ...{ position, status, itemsFailed, errorCode },
  });

  it('are told once for each task, and again when it was repeated', async () => {
    await world.addWorker();
    const { id, organizationId } = await world.createJob(
      [{}, { itemsFailed: 2 }, { failures: 1 }, { failures: 9, permanent: 1 }],
      3,
    );
    await world.ended(id);
    const first = [ended(0, 'completed', 0), ended(1, 'completed', 2), ended(2, 'completed', 0)];
    const failed = ended(3, 'failed', 3, 'DEMO_BROKEN');
    expect(await world.endings(id)).toEqual([...first, failed]);
    await world.write((tx) => world.get(JobControl).retry({ organizationId, jobId: id }, tx));
    await world.ended(id);
    expect(await world.endings(id)).toEqual([...first, failed, failed]);
  });

  it('are told in the process that cancels, of a whole job or of one task', async () => {
    const { id, organizationId } = await world.createJob([{}, {}, {}]);
    const cancel = (taskId?: string): Promise<number> => {
      const target = { organizationId, jobId: id, ...(taskId !== undefined && { taskId }) };
      return world.write((tx) => world.get(JobControl).cancel(target, tx));
    };
    const [, second] = await world.tasks(id);
    await cancel(second?.id);
    expect(await world.endings(id)).toEqual([ended(1, 'cancelled', 0)]);
    await cancel();
    expect(await cancel()).toBe(0);
    expect(await world.endings(id)).toEqual([0, 1, 2].map((position) => ended(position, 'cancelled', 0)));
  });

  it('are told of tasks that cost too many workers', async () => {
    const { id } = await world.createJob([{}]);
    await world.database.dataSource.query(
      `UPDATE tasks SET status = 'running', crashes = 20, lease_token = gen_random_uuid(),
                        lease_until = now() - interval '1 second' WHERE job_id = $1`,
      [id],
    );
    await world.addWorker();
    expect(await world.ended(id)).toMatchObject({ status: 'failed' });
    expect(await world.endings(id)).toEqual([ended(0, 'failed', 1, 'WORKER_LOST')]);
  });

  it('are told once, with the effect, although workers are killed', async () => {
    const { id } = await world.createJob(Array(16).fill({ sleepMs: 150 }));
    for (const _ of [1, 2]) {
      const victim = await world.addWorker();
      await world.until(id, async () => (await world.tasks(id)).some(({ status }) => status === 'running'));
      await world.end(victim, 'SIGKILL');
    }
    await world.addWorker();
    await world.ended(id);
    expect(await world.effects(id)).toEqual(Array(16).fill(1));
    const positions = Array.from({ length: 16 }, (_, position) => position);
    expect(await world.endings(id)).toEqual(positions.map((position) => ended(position, 'completed', 0)));
  });
});
