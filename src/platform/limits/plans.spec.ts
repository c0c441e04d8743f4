import * as fc from 'fast-check';
import { type PlanLimits, type PlanOverrides, withOverrides } from './plan-limits.js';
import { limitsOfPlan, PLAN_NAMES, PLANS } from './plans.js';
import { stateOf, type WindowLimit, windowsOf } from './window.js';

const told = (name: string): string[] => {
  const limits = limitsOfPlan(name);
  const windows = windowsOf(limits).map(({ name: window, limit, size }) => `${limit}/${window}/${size}`);
  return limits.concurrent === null ? windows : [...windows, `${limits.concurrent} at once`];
};

const HOUR = 3_600_000_000;
const MINUTE = 60_000_000;
const DAY = 86_400_000_000;
const MONTH = 30 * DAY;

describe('the plans', () => {
  it('hold the numbers of their documents', () => {
    expect(Object.fromEntries(PLAN_NAMES.map((name) => [name, told(name)]))).toEqual({
      sero_standard: [`1000/hour/${HOUR}`],
      platform_free: [`100/hour/${HOUR}`],
      platform_pro: [`1000/hour/${HOUR}`],
      platform_enterprise: [`10000/hour/${HOUR}`],
      safekeylab_starter: ['500/second/10000', `10000000/month/${MONTH}`],
      safekeylab_growth: ['5000/second/1000', `100000000/month/${MONTH}`],
      safekeylab_enterprise: ['50000/second/100'],
      secureai_free: [`10/minute/${MINUTE}`, `500/day/${DAY}`, '2 at once'],
      secureai_standard: [`60/minute/${MINUTE}`, `10000/day/${DAY}`, '10 at once'],
      secureai_professional: [`120/minute/${MINUTE}`, `50000/day/${DAY}`, '25 at once'],
      secureai_enterprise: [],
      keynest_user: [`50/minute/${MINUTE}`, `1000/hour/${HOUR}`],
      anonymous: [`100/hour/${HOUR}`],
      unlimited: [],
      sandbox: ['10 at once'],
    });
  });

  it('count uploads apart, on routes that say so', () => {
    const { sero_standard: sero, unlimited } = PLANS;
    expect(windowsOf(sero, 'uploads').map(({ name, limit, size }) => [name, limit, size])).toEqual([
      ['hour', 1_000, HOUR],
      ['uploads', 100, DAY],
    ]);
    expect(windowsOf(unlimited, 'uploads')).toEqual([]);
  });

  it('count completions apart, in half of their minute and day, on routes that say so', () => {
    const completionsOf = (limits: PlanLimits) =>
      windowsOf(limits, 'completions')
        .filter(({ name }) => name.startsWith('completions'))
        .map(({ name, limit, size }) => `${limit}/${name}/${size}`);
    expect(Object.fromEntries(PLAN_NAMES.map((name) => [name, completionsOf(PLANS[name])]))).toEqual({
      ...Object.fromEntries(PLAN_NAMES.map((name) => [name, []])),
      secureai_free: [`5/completions_minute/${MINUTE}`, `250/completions_day/${DAY}`],
      secureai_standard: [`30/completions_minute/${MINUTE}`, `5000/completions_day/${DAY}`],
      secureai_professional: [`60/completions_minute/${MINUTE}`, `25000/completions_day/${DAY}`],
      keynest_user: [`25/completions_minute/${MINUTE}`],
    });
    expect(windowsOf(PLANS.secureai_free, 'completions').map(({ name }) => name)).toEqual([
      ...['minute', 'day'],
      ...['completions_minute', 'completions_day'],
    ]);
    const own = (limits: PlanOverrides) => completionsOf(withOverrides(PLANS.secureai_free, limits));
    expect(own({ per_minute: 1, per_day: null })).toEqual([`1/completions_minute/${MINUTE}`]);
    expect(own({ per_minute: 7 })[0]).toBe(`3/completions_minute/${MINUTE}`);
    expect(own({ completions_per_minute: null, completions_per_day: 9 })).toEqual([
      `9/completions_day/${DAY}`,
    ]);
  });

  it('limit a key whose plan this version does not know', () => {
    expect(limitsOfPlan('enterprise_of_tomorrow')).toBe(PLANS.secureai_standard);
    expect(limitsOfPlan('toString')).toBe(PLANS.secureai_standard);
  });

  it('give way to a key’s own numbers, null meaning unlimited', () => {
    const own = withOverrides(PLANS.secureai_free, { per_minute: 30, per_day: null, per_hour: 5 });
    expect(windowsOf(own).map(({ name, limit }) => [name, limit])).toEqual([
      ['minute', 30],
      ['hour', 5],
    ]);
    expect(own.concurrent).toBe(2);
    expect(windowsOf(withOverrides(PLANS.unlimited, { per_second: 3 }))).toEqual([
      { name: 'second', limit: 3, size: 333_334 },
    ]);
  });
});

describe('a bucket', () => {
  it('never lets more flow in than its rate, whatever the rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 1_000 }),
        fc.array(fc.integer({ min: 0, max: 2_000_000 }), { maxLength: 60 }),
        (rate, burst, pauses) => {
          const [bucket] = windowsOf(withOverrides(PLANS.unlimited, { per_second: rate, burst }));
          const { passed, elapsed } = pass(bucket as WindowLimit, pauses);
          expect(passed).toBeLessThanOrEqual(burst + (elapsed / 1_000_000) * rate);
        },
      ),
    );
  });

  it('is as large as the burst, and says truly when it takes one more', () => {
    const [bucket] = windowsOf(withOverrides(PLANS.unlimited, { per_second: 7, burst: 20 }));
    const window = bucket as WindowLimit;
    expect(pass(window, Array<number>(40).fill(0)).passed).toBe(20);
    const now = 1_000_000;
    const full = stateOf(window, { count: 0, end: now + 20 * window.size }, now);
    expect(full).toMatchObject({ used: 20, waitFor: window.size });
    const later = now + full.waitFor;
    expect(stateOf(window, { count: 0, end: now + 20 * window.size }, later - 1).waitFor).toBe(1);
    expect(stateOf(window, { count: 0, end: now + 20 * window.size }, later).waitFor).toBe(0);
  });

  /** Sends a request after each pause, in microseconds, through a bucket as storages keep it. */
  function pass(bucket: WindowLimit, pauses: readonly number[]) {
    const begin = 1_000_000_000;
    let [now, end, passed] = [begin, 0, 0];
    for (const pause of pauses) {
      now += pause;
      if (stateOf(bucket, { count: 0, end }, now).waitFor > 0) continue;
      end = Math.max(end, now) + bucket.size;
      passed += 1;
    }
    return { passed, elapsed: now - begin };
  }
});
