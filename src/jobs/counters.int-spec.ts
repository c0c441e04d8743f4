import fc from 'fast-check';
import type { Job, Task } from '../platform/queue/job.js';
import { JobControl } from '../platform/queue/job-control.js';
import { TaskClaims } from '../platform/queue/task-claims.js';
import { PermanentTaskError } from '../platform/queue/task-handler.js';
import { TaskSettlement } from '../platform/queue/task-settlement.js';
import { DEMO_TASK } from './testing/demo-tasks.js';
import { QueueWorld } from './testing/queue-world.js';

/** What can happen to a task or its job. */
type Step =
  | { readonly kind: 'complete'; readonly task: number; readonly itemsFailed: number }
  | { readonly kind: 'fail' | 'release' | 'cancelTask' | 'retryTask'; readonly task: number }
  | { readonly kind: 'cancelJob' | 'retryJob' };

const ITEMS = 3;

const task = fc.nat(4);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('complete' as const),
    task,
    itemsFailed: fc.integer({ min: 0, max: ITEMS }),
  }),
  fc.record({ kind: fc.constantFrom('fail', 'release', 'cancelTask', 'retryTask'), task }),
  fc.record({ kind: fc.constantFrom('cancelJob', 'retryJob') }),
);

/** What the tasks say the job must be. */
function expected(tasks: readonly Task[], cancelled: boolean) {
  const itemsOf = (status: string) => tasks.filter((one) => one.status === status);
  const failed = tasks.reduce((sum, { itemsFailed }) => sum + itemsFailed, 0);
  const done = itemsOf('completed').reduce((sum, { items, itemsFailed }) => sum + items - itemsFailed, 0);
  const open = itemsOf('queued').length + itemsOf('running').length;
  const ended = done > 0 ? 'completed' : failed > 0 ? 'failed' : 'cancelled';
  return {
    itemsCompleted: done,
    itemsFailed: failed,
    status: open > 0 ? undefined : cancelled ? 'cancelled' : ended,
  };
}

describe("a job's counters", () => {
  let world: QueueWorld;

  beforeAll(async () => {
    world = await QueueWorld.start('postgres');
  });
  afterAll(() => world?.stop());

  async function attempt(
    id: string,
    end: 'complete' | 'fail' | 'release',
    itemsFailed: number,
  ): Promise<void> {
    const claimed = await world.get(TaskClaims).claim(id, ['demo.step@1']);
    if (!claimed) return;
    const lease = { taskId: id, token: claimed.token };
    const settlement = world.get(TaskSettlement);
    if (end === 'fail')
      await settlement.fail(claimed.task, lease, DEMO_TASK, new PermanentTaskError('BROKEN'));
    else if (end === 'release') await settlement.release(claimed.task, lease);
    // Cancelled meanwhile by a step beside it: the lease is lost.
    else await settlement.complete(claimed.task, lease, async () => ({ itemsFailed })).catch(ignoreLost);
  }

  async function play(job: Job, tasks: readonly Task[], one: Step): Promise<void> {
    const { organizationId } = job;
    const control = world.get(JobControl);
    const taskId = 'task' in one ? (tasks[one.task % tasks.length]?.id ?? '') : undefined;
    const target = { organizationId, jobId: job.id, ...(taskId !== undefined && { taskId }) };
    if (one.kind === 'cancelJob' || one.kind === 'cancelTask')
      await world.write((tx) => control.cancel(target, tx));
    else if (one.kind === 'retryJob' || one.kind === 'retryTask')
      await world.write((tx) => control.retry(target, tx));
    else await attempt(taskId ?? '', one.kind, one.kind === 'complete' ? one.itemsFailed : 0);
  }

  async function check(id: string, lastWasJobCancel: boolean): Promise<void> {
    const [job, tasks] = [await world.job(id), await world.tasks(id)];
    const { status, ...counts } = expected(tasks, job.status === 'cancelled' && lastWasJobCancel);
    expect(job).toMatchObject(counts);
    expect(job.itemsCompleted + job.itemsFailed).toBeLessThanOrEqual(job.itemsTotal);
    if (status === undefined) expect(['queued', 'running']).toContain(job.status);
    else expect([status, 'cancelled']).toContain(job.status);
    expect(job.finishedAt === null).toBe(status === undefined);
    const [{ open }] = await world.database.dataSource.query(
      'SELECT tasks_open AS open FROM jobs WHERE id = $1',
      [id],
    );
    expect(open).toBe(tasks.filter((one) => one.status === 'queued' || one.status === 'running').length);
  }

  it('are what its tasks say, after every step of any history', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(step, { maxLength: 14 }),
        async (size, steps) => {
          const job = await world.createJob(Array(size).fill({}), ITEMS);
          const tasks = await world.tasks(job.id);
          for (const one of steps) {
            await play(job, tasks, one);
            await check(job.id, one.kind === 'cancelJob');
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are what its tasks say when everything happens at once, and nobody waits for ever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 20 }), async (steps) => {
        const job = await world.createJob(Array(5).fill({}), ITEMS);
        const tasks = await world.tasks(job.id);
        await Promise.all(steps.map((one) => play(job, tasks, one)));
        await check(job.id, false);
      }),
      { numRuns: 40 },
    );
  });
});

const ignoreLost = (error: unknown): void => {
  if (!(error instanceof Error) || error.name !== 'LeaseLost') throw error;
};
