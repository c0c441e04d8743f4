import type { Task } from './job.js';
import type { LeaseKeeper } from './lease-keeper.js';
import type { QueueTimings } from './queue-timings.js';
import type { TaskClaims } from './task-claims.js';
import type { TaskJournal } from './task-journal.js';
import type { TaskRegistry } from './task-registry.js';
import { TaskRunner } from './task-runner.js';
import type { Outcome, TaskSettlement } from './task-settlement.js';

/** What is noted for the operator when an attempt fails and its settlement comes to this. */
async function notesAfter(settle: () => Promise<Outcome>): Promise<unknown[]> {
  const notes: unknown[] = [];
  const task = { id: 'task_1', type: 'demo', input: {} } as Task;
  const handler = { definition: { schema: () => ({}) }, run: () => Promise.reject(new Error('no key')) };
  const { signal } = new AbortController();
  const runner = new TaskRunner(
    { claim: async () => ({ task, token: 'x', job: {} }) } as unknown as TaskClaims,
    { kinds: [], handlerOf: () => handler } as unknown as TaskRegistry,
    { hold: () => ({ signal, release: () => {} }) } as unknown as LeaseKeeper,
    { fail: settle } as unknown as TaskSettlement,
    {
      of: () => async () => {},
      noteFailure: (_: Task, error: unknown) => notes.push(error),
    } as unknown as TaskJournal,
    {} as QueueTimings,
  );
  await runner.run('task_1').catch(() => {});
  return notes;
}

describe('the runner of tasks', () => {
  it('tells the operator of attempts that failed', async () => {
    for (const outcome of ['retried', 'failed'] as const)
      expect(await notesAfter(async () => outcome)).toEqual([new Error('no key')]);
  });

  it('tells of them too when they could not be settled', async () => {
    expect(await notesAfter(() => Promise.reject(new Error('database is down')))).toEqual([
      new Error('no key'),
    ]);
  });

  it('is silent about tasks that were nobody’s any more', async () => {
    expect(await notesAfter(async () => 'lost')).toEqual([]);
  });
});
