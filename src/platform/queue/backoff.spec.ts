import fc from 'fast-check';
import { backoffMs } from './backoff.js';

const backoff = fc.record({
  baseMs: fc.integer({ min: 1, max: 10_000 }),
  maxMs: fc.integer({ min: 1, max: 1e7 }),
});

describe('backoffMs', () => {
  it('lies between half and all of a wait that doubles up to the maximum', () => {
    fc.assert(
      fc.property(
        backoff,
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (limits, failures, random) => {
          const full = Math.min(limits.maxMs, limits.baseMs * 2 ** Math.min(failures - 1, 30));
          const ms = backoffMs(limits, failures, random);
          expect(ms).toBeGreaterThanOrEqual(Math.floor(full / 2));
          expect(ms).toBeLessThanOrEqual(Math.ceil(full));
        },
      ),
    );
  });

  it('spreads tasks that failed together', () => {
    const waits = Array.from({ length: 100 }, () => backoffMs({ baseMs: 10_000, maxMs: 60_000 }, 2));
    expect(new Set(waits).size).toBeGreaterThan(90);
  });
});
