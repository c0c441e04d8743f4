import { runCooperatively, runToEnd } from './cooperation.js';

function* count(steps: number, log: string[] = []): Generator<void, number> {
  try {
    for (let i = 0; i < steps; i++) yield;
    return steps;
  } finally {
    log.push('ended');
  }
}

describe('running work', () => {
  it('gives its result or its error', async () => {
    expect(runToEnd(count(1_000))).toBe(1_000);
    await expect(runCooperatively(count(1_000))).resolves.toBe(1_000);
    const failing = function* (): Generator<void, void> {
      yield;
      throw new RangeError('broken');
    };
    await expect(runCooperatively(failing())).rejects.toThrow('broken');
  });

  it('lets other work run between slices', async () => {
    let turns = 0;
    let running = true;
    const other = () => {
      turns++;
      if (running) setImmediate(other);
    };
    setImmediate(other);
    await runCooperatively(count(50), { sliceMs: 0 });
    running = false;
    expect(turns).toBeGreaterThanOrEqual(49);
  });

  it('ends with the reason of an aborted signal', async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const work = runCooperatively(count(Number.POSITIVE_INFINITY, log), {
      sliceMs: 0,
      signal: () => controller.signal,
    });
    setImmediate(() => controller.abort(new Error('client left')));
    await expect(work).rejects.toThrow('client left');
    expect(log).toEqual(['ended']);
  });

  it('asks for the signal only when it pauses', async () => {
    let asked = 0;
    const signal = () => {
      asked++;
      return new AbortController().signal;
    };
    await runCooperatively(count(5), { sliceMs: 60_000, signal });
    expect(asked).toBe(0);
    await runCooperatively(count(5), { sliceMs: 0, signal });
    expect(asked).toBeGreaterThan(0);
  });
});
