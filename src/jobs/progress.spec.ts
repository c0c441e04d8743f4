import fc from 'fast-check';
import { FINAL_STATUSES, JOB_STATUSES, type Job } from '../platform/queue/job.js';
import { progressOf } from './progress.js';

const job = (changes: Partial<Job>): Job => ({
  id: 'job_1',
  organizationId: 'org_1',
  projectId: null,
  createdBy: 'user_1',
  type: 'demo',
  version: 1,
  status: 'running',
  itemsTotal: 100,
  itemsCompleted: 0,
  itemsFailed: 0,
  itemsSinceResume: 0,
  runningSeconds: 0,
  reference: {},
  errorCode: null,
  createdAt: new Date(),
  startedAt: null,
  finishedAt: null,
  updatedAt: new Date(),
  ...changes,
});

describe('progressOf', () => {
  it('reckons speed and time left from what was done', () => {
    const running = job({ itemsCompleted: 18, itemsFailed: 2, itemsSinceResume: 20, runningSeconds: 10 });
    expect(progressOf(running)).toMatchObject({ rate: 2, secondsLeft: 40 });
  });

  it('claims nothing before the first item is done', () => {
    expect(progressOf(job({ runningSeconds: 60 }))).toMatchObject({ rate: null, secondsLeft: null });
  });

  it('counts only what was done since a retry', () => {
    const retried = job({ itemsCompleted: 60, itemsSinceResume: 10, runningSeconds: 5 });
    expect(progressOf(retried)).toMatchObject({ rate: 2, secondsLeft: 20 });
  });

  it('never promises less than nothing, and nothing at all of what has ended', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...JOB_STATUSES),
        fc.nat(1_000),
        fc.nat(1_000),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (status, completed, more, runningSeconds) => {
          const shown = progressOf(
            job({
              status,
              itemsTotal: completed + more,
              itemsCompleted: completed,
              itemsSinceResume: completed,
              runningSeconds,
            }),
          );
          expect(shown.secondsLeft ?? 0).toBeGreaterThanOrEqual(0);
          if (FINAL_STATUSES.includes(status)) expect(shown.secondsLeft).toBe(0);
        },
      ),
    );
  });
});
