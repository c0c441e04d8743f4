import { VectorIndex } from './vector-index.js';

/** Vectors that are the same in every run. */
function vectors(count: number, dimensions: number): number[][] {
  let state = 5;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 1_073_741_824 - 1;
  };
  return Array.from({ length: count }, () => Array.from({ length: dimensions }, next));
}

function cosine(one: readonly number[], other: readonly number[]): number {
  const dot = one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
  return dot / (Math.hypot(...one) * Math.hypot(...other));
}

describe('an index of vectors', () => {
  const all = vectors(2_600, 13);
  const query = all[0] ?? [];

  it('finds exactly the nearest, whatever came and went', () => {
    const index = new VectorIndex(13);
    for (const [id, vector] of all.entries()) index.add(id, vector);
    for (let id = 1; id < all.length; id += 2) expect(index.remove(id)).toBe(true);
    index.add(2, all[1] ?? []);
    const present = all.map((vector, id) => ({ id, vector: id === 2 ? (all[1] ?? []) : vector }));
    const expected = present
      .filter(({ id }) => id % 2 === 0)
      .map(({ id, vector }) => ({ id, score: cosine(query, vector) }))
      .sort((one, other) => other.score - one.score)
      .slice(0, 25);
    const hits = index.search(query, { limit: 25 });
    expect(hits.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    for (const [at, { score }] of hits.entries()) expect(score).toBeCloseTo(expected[at]?.score ?? 9, 5);
    expect(index.size).toBe(1_300);
    expect(index.remove(1)).toBe(false);
  });

  it('puts those as near in the order of their ids, and knows filters', () => {
    const index = new VectorIndex(2);
    for (const id of ['b', 7, 'a', 10]) index.add(id, [3, 4]);
    expect(index.search([6, 8], { limit: 3 }).map(({ id }) => id)).toEqual([7, 10, 'a']);
    const strings = index.search([6, 8], { filter: (id) => typeof id === 'string' });
    expect(strings.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('gives memory back', () => {
    const index = new VectorIndex(13);
    for (const [id, vector] of all.entries()) index.add(id, vector);
    const full = index.estimatedBytes;
    for (const id of all.keys()) index.remove(id);
    expect(index.estimatedBytes).toBeLessThan(full / 2);
    expect(index.search(query)).toEqual([]);
  });

  it.each([[[1]], [[0, 0]], [[Number.NaN, 1]], [[Number.POSITIVE_INFINITY, 1]]])('refuses %j', (vector) => {
    expect(() => new VectorIndex(2).add(1, vector)).toThrow(RangeError);
  });
});
