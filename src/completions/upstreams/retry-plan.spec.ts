import { type Candidate, RetryPlan } from './retry-plan.js';

const candidate = (name: string, maxRetries = 9, isOpen = false): Candidate & { name: string } => ({
  name,
  upstream: { maxRetries },
  circuit: { admits: () => !isOpen },
});

/** Whom a plan asks when everybody fails, `-` before those it waits for. */
function asked(candidates: (Candidate & { name: string })[], most = 20, waitMs?: number): string {
  const plan = new RetryPlan(candidates, () => 1);
  let names = '';
  for (let turn = plan.next(0); turn && names.length < most; turn = plan.next(0)) {
    names += (turn.waitMs > 0 ? '-' : '') + turn.candidate.name;
    plan.failed(turn.candidate, 0, waitMs);
  }
  return names;
}

describe('a plan of retries', () => {
  it('asks everybody once, then again after a pause, in the same order', () => {
    expect(asked([candidate('a'), candidate('b')], 8)).toBe('ab-a-b-a');
  });

  it('ends when the one that failed last allows no more', () => {
    expect(asked([candidate('a', 0), candidate('b', 0)])).toBe('a');
    expect(asked([candidate('a', 2)])).toBe('a-a-a');
    expect(asked([candidate('a', 1), candidate('b', 1)])).toBe('ab');
  });

  it('asks those whose circuit is open last, and first when there is nobody else', () => {
    expect(asked([candidate('a', 9, true), candidate('b')], 3)).toBe('b-b');
    expect(asked([candidate('a', 1, true)])).toBe('a-a');
    expect(asked([candidate('a', 0, true), candidate('b', 0, true)])).toBe('a');
  });

  it('does not wait for one that wants to be left alone for long', () => {
    expect(asked([candidate('a')], 20, 30_000)).toBe('a');
    expect(asked([candidate('a', 1)], 20, 1_500)).toBe('a-a');
  });

  it('pauses longer each time, at random, and never beyond its bounds', () => {
    for (const random of [0, 0.5, 1]) {
      const plan = new RetryPlan([candidate('a')], () => random);
      const waits = [1, 2, 3, 4, 5, 6].map(() => {
        const turn = plan.next(0);
        if (!turn) throw new Error('there is nobody to ask');
        plan.failed(turn.candidate, 0);
        return turn.waitMs;
      });
      const whole = [0, 100, 200, 400, 400, 400];
      expect(waits).toEqual(whole.map((ms) => ms * (0.5 + random / 2)));
    }
  });

  it('waits as long as a server wants, where that is not long', () => {
    const plan = new RetryPlan([candidate('a')], () => 0);
    plan.failed(plan.next(0)?.candidate ?? candidate('a'), 1_000, 1_500);
    expect(plan.next(1_100)?.waitMs).toBe(1_400);
  });
});
