import { KnownModels } from './known-models.js';
import type { UpstreamModel } from './model-list.js';

const model = (id: string): UpstreamModel => ({ id, created: 1, ownedBy: 'somebody' });

/** A server that lists what it is told to, and a clock. */
function world(settled: string[] | null = null) {
  const state = { now: 0, reads: 0, answer: (): Promise<UpstreamModel[]> => Promise.resolve([model('a')]) };
  const read = () => {
    state.reads += 1;
    return state.answer();
  };
  return { state, models: new KnownModels(settled, read, () => state.now) };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('known models', () => {
  it('asks nobody where administrators have said what there is', async () => {
    const { state, models } = world(['x']);
    await models.ready();
    await models.refresh();
    state.now = 1e9;
    expect([models.has('x'), models.has('a'), state.reads]).toEqual([true, false, 0]);
  });

  it('waits for the first list, and shares one reading among all who wait', async () => {
    const { state, models } = world();
    expect(models.isKnown).toBe(false);
    await Promise.all([models.ready(), models.ready(), models.ready()]);
    expect([models.has('a'), state.reads]).toEqual([true, 1]);
  });

  it('reads an old list anew in the background, and goes on with it meanwhile', async () => {
    const { state, models } = world();
    await models.ready();
    state.answer = () => Promise.resolve([model('b')]);
    state.now = 59_999;
    models.has('a');
    expect(state.reads).toBe(1);
    state.now = 60_000;
    expect([models.has('a'), models.has('b')]).toEqual([true, false]);
    await settle();
    expect([models.has('a'), models.has('b'), state.reads]).toEqual([false, true, 2]);
  });

  it('keeps what it knows when a reading fails', async () => {
    const { state, models } = world();
    await models.ready();
    state.answer = () => Promise.reject(new Error('down'));
    state.now = 60_000;
    await models.refresh();
    expect([models.has('a'), models.isKnown, state.reads]).toEqual([true, true, 2]);
  });

  it('asks again for what it does not know, but not more often than every few seconds', async () => {
    const { state, models } = world();
    state.answer = () => Promise.reject(new Error('down'));
    await models.ready();
    await models.ready();
    await models.refresh();
    expect([models.isKnown, state.reads]).toEqual([false, 1]);
    state.now = 3_000;
    state.answer = () => Promise.resolve([model('late')]);
    await models.refresh();
    expect([models.has('late'), state.reads]).toEqual([true, 2]);
  });

  it('asks no more once it was stopped', async () => {
    const { state, models } = world();
    models.stop();
    await models.ready();
    expect(state.reads).toBe(0);
  });
});
