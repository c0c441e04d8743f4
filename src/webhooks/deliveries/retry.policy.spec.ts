import * as fc from 'fast-check';
import { HEALTHY, type ReceiverHealth } from '../webhook.js';
import type { Outcome } from './delivery.js';
import { type Circumstances, judge } from './retry.policy.js';

const NOW = new Date('2026-03-15T10:00:00.000Z');
const DAY_MS = 86_400_000;
const SECONDS = [5, 300, 1_800];

const verdictOn = (outcome: Partial<Outcome>, more: Partial<Circumstances> = {}) =>
  judge(
    { durationMs: 1, ...outcome },
    { now: NOW, failures: 0, health: HEALTHY, retrySeconds: SECONDS, random: 0, ...more },
  );

const outcomes = fc.record<Outcome>({
  status: fc.constantFrom(undefined, 302, 400, 404, 410, 429, 500, 502, 503, 504),
  fault: fc.constantFrom('status', 'timeout', 'connection', 'address'),
  retryAfterMs: fc.constantFrom(undefined, 0, 1_000, 30 * DAY_MS),
  durationMs: fc.nat(15_000),
});
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);
const healths = fc.record<ReceiverHealth>({
  failingSince: fc.option(fc.nat(6 * DAY_MS).map(ago)),
  exhausted: fc.nat(21),
  throttles: fc.nat(40),
  resumeAt: fc.option(fc.integer({ min: -DAY_MS, max: DAY_MS }).map(ago)),
});

describe('what follows from an attempt', () => {
  it('that succeeded is health, but for a pause that the receiver has asked for', () => {
    fc.assert(
      fc.property(healths, (health) => {
        const verdict = verdictOn({ status: 200 }, { health });
        const paused = health.resumeAt !== null && health.resumeAt > NOW ? health.resumeAt : null;
        expect(verdict).toMatchObject({
          status: 'delivered',
          health: { failingSince: null, exhausted: 0, resumeAt: paused },
        });
        expect(verdict.disabled).toBeUndefined();
      }),
    );
  });

  it('that failed is another no sooner than the schedule and the receiver say, within a day and a tenth', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(outcomes, healths, fc.nat(2), random, (outcome, health, failures, chance) => {
        const verdict = verdictOn(outcome, { health, failures, random: chance });
        if (outcome.status === 410) return expect(verdict.status).toBe('failed');
        const pauseMs = (verdict.nextAttemptAt?.getTime() ?? 0) - NOW.getTime();
        expect(pauseMs).toBeGreaterThanOrEqual((SECONDS[failures] ?? 0) * 1000);
        expect(pauseMs).toBeLessThanOrEqual(DAY_MS * 1.1);
        expect(verdict.health.failingSince).toEqual(health.failingSince ?? NOW);
      }),
    );
  });

  it('that was the last is the end', () => {
    expect(verdictOn({ fault: 'timeout' }, { failures: 2 }).status).toBe('pending');
    expect(verdictOn({ fault: 'timeout' }, { failures: 3 })).toMatchObject({
      status: 'failed',
      health: { exhausted: 1 },
    });
  });

  it('never shortens a pause that a receiver has asked for', () => {
    fc.assert(
      fc.property(outcomes, healths, (outcome, health) => {
        if (health.resumeAt === null || health.resumeAt <= NOW) return;
        const { resumeAt } = verdictOn(outcome, { health }).health;
        expect(resumeAt?.getTime()).toBeGreaterThanOrEqual(health.resumeAt.getTime());
      }),
    );
  });

  it('doubles the pause with each time in a row, up to five minutes, counting what was under way together once', () => {
    const seconds: number[] = [];
    let health: ReceiverHealth = HEALTHY;
    let now = NOW;
    for (let time = 0; time < 7; time += 1) {
      ({ health } = verdictOn({ status: 429, fault: 'status' }, { health, now }));
      ({ health } = verdictOn({ status: 429, fault: 'status' }, { health, now }));
      seconds.push(((health.resumeAt?.getTime() ?? 0) - now.getTime()) / 1000);
      now = health.resumeAt ?? now;
    }
    expect(seconds).toEqual([10, 20, 40, 80, 160, 300, 300]);
  });

  it('disables the webhook of a receiver that is gone, or has failed for five days or twenty times in a row', () => {
    expect(verdictOn({ status: 410, fault: 'status' }).disabled).toBe('gone');
    const failing = (health: Partial<ReceiverHealth>, failures = 0) =>
      verdictOn({ fault: 'connection' }, { health: { ...HEALTHY, ...health }, failures }).disabled;
    expect(failing({ failingSince: ago(5 * DAY_MS - 1) })).toBeUndefined();
    expect(failing({ failingSince: ago(5 * DAY_MS) })).toBe('failing');
    expect(failing({ exhausted: 18 }, 3)).toBeUndefined();
    expect(failing({ exhausted: 19 }, 3)).toBe('failing');
  });
});
