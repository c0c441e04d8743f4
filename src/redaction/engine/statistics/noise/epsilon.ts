import type { Fraction } from './discrete-laplace.js';

/** Epsilon is counted in millionths, so that sums of it are exact. */
export const MICROS = 1_000_000;

/** @returns undefined when the number has more than six decimals */
export function microsOf(epsilon: number): number | undefined {
  const micros = Math.round(epsilon * MICROS);
  return Math.abs(epsilon * MICROS - micros) > 1e-4 ? undefined : micros;
}

/** Scale of the noise on a query that gets one of `shares` equal parts of epsilon. */
export const scaleOf = (sensitivity: bigint, shares: number, epsilonMicros: number): Fraction => ({
  numerator: sensitivity * BigInt(shares) * BigInt(MICROS),
  denominator: BigInt(epsilonMicros),
});
