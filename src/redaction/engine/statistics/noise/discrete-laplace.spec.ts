import { randomBytes } from 'node:crypto';
import { SeededBytes } from '../testing/tables.js';
import { discreteLaplace, type Fraction, noiseMargin } from './discrete-laplace.js';
import { microsOf, scaleOf } from './epsilon.js';
import { bernoulliExp, uniform } from './exact-bernoulli.js';

/** Printed with every failure, so that it can be had again: `NOISE_SEED=… npx jest …`. */
const seed = Number(process.env.NOISE_SEED ?? randomBytes(4).readUInt32LE());
const DRAWS = 20_000;

/** P(Z = z), from the definition. */
function probability(z: number, { numerator, denominator }: Fraction): number {
  const rate = Number(denominator) / Number(numerator);
  return (Math.expm1(rate) / (Math.exp(rate) + 1)) * Math.exp(-rate * Math.abs(z));
}

/** Pearson's statistic minus its mean, in standard deviations (Wilson, Hilferty 1931). */
function surprise(observed: readonly number[], expected: readonly number[]): number {
  const statistic = observed.reduce(
    (sum, count, cell) => sum + (count - (expected[cell] ?? 0)) ** 2 / (expected[cell] ?? 1),
    0,
  );
  const freedom = expected.length - 1;
  return (Math.cbrt(statistic / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
}

describe(`discrete Laplace noise, seed ${seed}`, () => {
  it.each<[bigint, bigint]>([
    [1n, 1n],
    [1n, 4n],
    [7n, 2n],
    [20n, 1n],
    [1_000_000n, 300_000n],
  ])('has its exact distribution with scale %d/%d', (numerator, denominator) => {
    const scale = { numerator, denominator };
    const random = new SeededBytes(seed);
    const furthest = Math.max(2, Math.ceil((3 * Number(numerator)) / Number(denominator)));
    const cells = 2 * furthest + 1;
    const observed = Array.from({ length: cells + 1 }, () => 0);
    for (let draw = 0; draw < DRAWS; draw++) {
      const z = Number(discreteLaplace(scale, random));
      const cell = Math.abs(z) > furthest ? cells : z + furthest;
      observed[cell] = (observed[cell] ?? 0) + 1;
    }
    const inner = Array.from({ length: cells }, (_, cell) => probability(cell - furthest, scale));
    const rest = 1 - inner.reduce((sum, one) => sum + one, 0);
    // Cells that too few draws reach are one.
    const expected = [...inner, rest].map((one) => one * DRAWS);
    const likely = expected.map((one) => one >= 5);
    const pool = (counts: readonly number[]): number[] => [
      ...counts.filter((_, cell) => likely[cell]),
      counts.reduce((sum, count, cell) => sum + (likely[cell] ? 0 : count), 0),
    ];
    const [pooledObserved, pooledExpected] = [pool(observed), pool(expected)];
    const shown = (pooledExpected.at(-1) ?? 0) < 1 ? -1 : undefined;
    // A true sampler exceeds five deviations once in three million runs.
    expect(surprise(pooledObserved.slice(0, shown), pooledExpected.slice(0, shown))).toBeLessThan(5);
  });

  it('draws exp(−x) and whole numbers as often as it should', () => {
    const random = new SeededBytes(seed);
    let heads = 0;
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let draw = 0; draw < DRAWS; draw++) {
      if (bernoulliExp(2n, 3n, random)) heads++;
      const one = Number(uniform(7n, random));
      counts[one] = (counts[one] ?? 0) + 1;
    }
    const chance = Math.exp(-2 / 3);
    const deviation = Math.sqrt(DRAWS * chance * (1 - chance));
    expect(Math.abs(heads - DRAWS * chance)).toBeLessThan(5 * deviation);
    expect(
      surprise(
        counts,
        counts.map(() => DRAWS / 7),
      ),
    ).toBeLessThan(5);
  });

  it('states the margin that it keeps', () => {
    for (const [numerator, denominator] of [
      [1n, 1n],
      [50n, 3n],
      [1n, 5n],
    ] as const) {
      const scale = { numerator, denominator };
      const margin = noiseMargin(scale, 0.95);
      const outside = (m: number): number => {
        let within = 0;
        for (let z = -m; z <= m; z++) within += probability(z, scale);
        return 1 - within;
      };
      expect(outside(margin)).toBeLessThanOrEqual(0.05 + 1e-12);
      if (margin > 0) expect(outside(margin - 1)).toBeGreaterThan(0.05);
    }
  });

  it('counts epsilon exactly', () => {
    expect([microsOf(0.1), microsOf(0.000001), microsOf(1e-7), microsOf(0.1234567)]).toEqual([
      100_000,
      1,
      undefined,
      undefined,
    ]);
    expect(scaleOf(3n, 4, 500_000)).toEqual({ numerator: 12_000_000n, denominator: 500_000n });
  });
});
