import { Coalescer } from './coalescer.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('Coalescer', () => {
  it('answers every caller with its own result while sharing round trips', async () => {
    const batches: number[] = [];
    const coalescer = new Coalescer<number, number>(async (items) => {
      batches.push(items.length);
      await tick();
      return items.map((item) => item * 2);
    });
    const results = await Promise.all(Array.from({ length: 1000 }, (_, index) => coalescer.run(index)));
    expect(results).toEqual(Array.from({ length: 1000 }, (_, index) => index * 2));
    expect(batches.length).toBeLessThan(10);
  });

  it('never puts a call into a batch that has already begun', async () => {
    let state = 'old';
    const coalescer = new Coalescer<void, string>(async (items) => {
      const seen = state;
      await tick();
      return items.map(() => seen);
    });
    const early = coalescer.run();
    await tick();
    state = 'new';
    const late = coalescer.run();
    expect(await early).toBe('old');
    expect(await late).toBe('new');
  });

  it('fails only the batch that failed', async () => {
    const coalescer = new Coalescer<string, string>(async (items) => {
      if (items.includes('bad')) throw new Error('refused');
      return items;
    }, 1);
    const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map((item) => coalescer.run(item)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await coalescer.run('c')).toBe('c');
  });
});
