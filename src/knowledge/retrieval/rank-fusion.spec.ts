import { fuseRankings } from './rank-fusion.js';

describe('fuseRankings', () => {
  it('adds up reciprocal ranks', () => {
    const fused = fuseRankings([
      ['a', 'b', 'c'],
      ['b', 'd'],
    ]);
    expect(fused.map(({ id }) => id)).toEqual(['b', 'a', 'd', 'c']);
    expect(fused[0]?.score).toBeCloseTo(1 / 62 + 1 / 61, 12);
  });

  it('puts equal ones in the order of their ids, whatever the order of the lists', () => {
    const lists = [
      [3, 1],
      [1, 3],
      [2, 2, 9],
    ];
    expect(fuseRankings(lists)).toEqual(fuseRankings([...lists].reverse()));
    expect(fuseRankings(lists).map(({ id }) => id)).toEqual([1, 3, 2, 9]);
  });

  it('knows weights, another k and nothing at all', () => {
    const fused = fuseRankings([['a'], ['b']], { k: 1, weights: [1, 2] });
    expect(fused).toEqual([
      { id: 'b', score: 1 },
      { id: 'a', score: 0.5 },
    ]);
    expect(fuseRankings<string>([])).toEqual([]);
  });
});
