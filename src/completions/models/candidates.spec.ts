import { Circuit, MOST_FAULTS, PAUSE_MS } from '../upstreams/circuit.js';
import { inOrder } from './candidates.js';

const link = (name: string, priority: number, faults = 0) => {
  const circuit = new Circuit();
  for (let i = 0; i < faults; i++) circuit.failed('HTTP_503', 0);
  return { name, circuit, upstream: { priority } };
};

const orderOf = (links: ReturnType<typeof link>[], turn = 0, now = 0): string =>
  inOrder(links, turn, now)
    .map(({ name }) => name)
    .join('');

describe('inOrder', () => {
  const links = [link('a', 1), link('b', 1), link('c', 1), link('d', 2)];

  it('lets equals take turns, and none of a lower rank before', () => {
    expect([0, 1, 2, 3].map((turn) => orderOf(links, turn))).toEqual(['abcd', 'bcad', 'cabd', 'abcd']);
  });

  it('asks those last that do not answer, until their pause is over', () => {
    const some = [link('a', 1, MOST_FAULTS), link('b', 1), link('c', 2)];
    expect([orderOf(some), orderOf(some, 0, PAUSE_MS)]).toEqual(['bca', 'abc']);
  });

  it('leaves none out, even when none answers', () => {
    const all = [link('a', 1, MOST_FAULTS), link('b', 2, MOST_FAULTS)];
    expect([orderOf(all), orderOf([link('a', 1, MOST_FAULTS)])]).toEqual(['ab', 'a']);
  });
});
