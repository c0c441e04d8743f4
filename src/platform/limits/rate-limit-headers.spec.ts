import { type CountedAllowance, UNCOUNTED } from './allowance.js';
import { PLANS, type PlanName } from './plans.js';
import { rateLimitHeaders } from './rate-limit-headers.js';
import type { StoredWindow } from './window.js';
import { stateOf, windowsOf } from './window.js';

const NOW = 1_700_000_000_000_000;
const SECOND = 1_000_000;

function counted(
  plan: PlanName,
  stored: readonly StoredWindow[],
  more: { refusedBy?: 'concurrent'; slotsUsed?: number } = {},
): CountedAllowance {
  const limits = PLANS[plan];
  const windows = windowsOf(limits);
  const states = windows.map((window, index) => stateOf(window, stored[index] ?? { count: 0, end: 0 }, NOW));
  const decision = {
    allowed: !more.refusedBy,
    windows: states,
    slotsUsed: more.slotsUsed ?? 1,
    now: NOW,
  };
  const { concurrent: slots } = limits;
  return { ...UNCOUNTED, plan, windows, slots, decision, refusedBy: more.refusedBy };
}

describe('the rate headers', () => {
  it('speak of the window that would refuse first', () => {
    const minute = { count: 11, end: NOW + 33 * SECOND };
    const day = { count: 9_980, end: NOW + 7_000 * SECOND };
    expect(rateLimitHeaders(counted('secureai_standard', [minute, day]), 0)).toEqual({
      'x-ratelimit-limit': '10000',
      'x-ratelimit-remaining': '20',
      'x-ratelimit-reset': '1700007000',
      'ratelimit-policy':
        '"minute";q=60;w=60, "day";q=10000;w=86400, "concurrent";q=10;qu="concurrent-requests"',
      ratelimit: '"day";r=20;t=7000',
    });
    expect(rateLimitHeaders(counted('secureai_standard', [minute]), 0)).toMatchObject({
      'x-ratelimit-remaining': '49',
      ratelimit: '"minute";r=49;t=33',
    });
  });

  it('show the burst of a bucket, and the time in which all of it flows in', () => {
    const bucket = { count: 0, end: NOW + 3 * SECOND };
    expect(rateLimitHeaders(counted('safekeylab_starter', [bucket]), 0)).toMatchObject({
      'ratelimit-policy': '"second";q=500;w=5, "month";q=10000000;w=2592000',
      ratelimit: '"second";r=200;t=3',
      'x-ratelimit-limit': '500',
      'x-ratelimit-reset': '1700000003',
    });
  });

  it('name the slots when those refused', () => {
    const allowance = counted('secureai_free', [], { refusedBy: 'concurrent', slotsUsed: 2 });
    expect(rateLimitHeaders(allowance, 0).ratelimit).toBe('"concurrent";r=0');
  });

  it('never count down where nothing is limited, whatever the time', () => {
    for (const nowMs of [1_700_000_000_000, 1_800_000_000_000]) {
      expect(rateLimitHeaders(UNCOUNTED, nowMs)).toEqual({
        'x-ratelimit-limit': '1000000',
        'x-ratelimit-remaining': '1000000',
        'x-ratelimit-reset': String(nowMs / 1_000 + 3_600),
        'ratelimit-policy': '"unlimited";q=1000000;w=3600',
        ratelimit: '"unlimited";r=1000000;t=3600',
      });
    }
  });

  it('promise nothing while nobody can count', () => {
    const allowance = { ...counted('keynest_user', []), decision: undefined };
    expect(rateLimitHeaders(allowance, 1_700_000_000_000)).toMatchObject({
      'x-ratelimit-limit': '50',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1700000001',
    });
  });
});
