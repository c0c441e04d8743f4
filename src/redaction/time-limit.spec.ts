import { runCooperatively } from './engine/cooperation.js';
import { DocumentTimeLimitError, withTimeLimit } from './time-limit.js';

describe('a time limit', () => {
  const request = new AbortController();
  const caller = { signal: () => request.signal };

  it('stops work at its next pause once it has passed, and never before', async () => {
    let now = 0;
    let steps = 0;
    function* work(): Generator<void, string> {
      for (; steps < 10; steps += 1) {
        now += 300;
        yield;
      }
      return 'done';
    }
    const run = (seconds: number | undefined) => {
      [now, steps] = [0, 0];
      return runCooperatively(work(), { sliceMs: 0, ...withTimeLimit(caller, seconds, () => now) });
    };
    await expect(run(1)).rejects.toThrow(DocumentTimeLimitError);
    expect(steps).toBe(3);
    await expect(run(4)).resolves.toBe('done');
    await expect(run(undefined)).resolves.toBe('done');
  });

  it('leaves the request its own limit', () => {
    expect(withTimeLimit(caller, 60).signal()).toBe(request.signal);
  });
});
