import { AppError } from '../platform/errors/app-error.js';
import { newId } from '../platform/http/ids.js';
import type { Listing } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import { JobLogsService } from './job-logs.service.js';
import { JobsService } from './jobs.service.js';
import { TasksService } from './tasks.service.js';
import { QueueWorld } from './testing/queue-world.js';

const listing: Listing = {
  page: { number: 1, size: 100, offset: 0 },
  sort: 'created_at',
  order: 'desc',
  after: undefined,
};

describe('jobs, tasks and logs', () => {
  let world: QueueWorld;

  beforeAll(async () => {
    world = await QueueWorld.start('postgres');
  });
  afterAll(() => world?.stop());

  const as = (changes: Partial<Caller['principal']>): Caller => ({
    ...world.caller,
    principal: { ...world.caller.principal, ...changes },
  });
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof AppError ? error.code : 'another error'),
    );

  it('are shown to who started them and to administrators of the same organization, and to nobody else', async () => {
    const { id } = await world.createJob([{}]);
    const [task] = await world.tasks(id);
    const taskId = task?.id ?? '';
    await world.database.dataSource.query(
      `INSERT INTO job_logs (id, organization_id, job_id, level, code, message) VALUES ($1, $2, $3, 'info', 'X', 'x')`,
      [newId('log'), world.caller.principal.organizationId, id],
    );
    const [jobs, tasks, logs] = [world.get(JobsService), world.get(TasksService), world.get(JobLogsService)];
    const foreign = newId('org');
    for (const [caller, sees] of [
      [world.caller, true],
      [as({ userId: newId('user'), role: 'admin' }), true],
      [as({ userId: newId('user') }), false],
      [as({ userId: newId('user'), systemRole: 'admin' }), false],
      [as({ userId: newId('user'), role: 'admin', onlyProjectId: newId('proj') }), false],
      [as({ organizationId: foreign }), false],
      [as({ organizationId: foreign, role: 'admin' }), false],
    ] as const) {
      const seen = sees ? 1 : 0;
      const range = { from: undefined, to: undefined };
      expect((await jobs.listJobs(caller, {}, listing)).total).toBe(seen);
      expect((await tasks.listTasks(caller, {}, listing)).total).toBe(seen);
      expect((await logs.listLogs(caller, range, listing)).total).toBe(seen);
      expect(await codeOf(jobs.getJob(caller, id))).toBe(sees ? 'done' : 'NOT_FOUND');
      expect(await codeOf(tasks.getTask(caller, taskId))).toBe(sees ? 'done' : 'NOT_FOUND');
    }
    const stranger = as({ organizationId: foreign, role: 'admin' });
    expect(await codeOf(world.write((tx) => jobs.cancelJob(stranger, id, tx)))).toBe('NOT_FOUND');
    expect(await codeOf(world.write((tx) => jobs.retryJob(stranger, id, tx)))).toBe('NOT_FOUND');
    expect(await codeOf(world.write((tx) => tasks.cancelTask(stranger, taskId, tx)))).toBe('NOT_FOUND');
    expect(await codeOf(world.write((tx) => tasks.retryTask(stranger, taskId, tx)))).toBe('NOT_FOUND');
    expect((await world.job(id)).status).toBe('queued');
  });
});
