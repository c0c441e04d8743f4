import { bernoulliExp, type RandomBytes, uniform } from './exact-bernoulli.js';

/** A positive fraction of whole numbers. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * An integer with P(z) proportional to exp(−|z| / scale): Algorithm 2 of Canonne, Kamath, Steinke, The Discrete Gaussian for
 * Differential Privacy (NeurIPS 2020), exact in integer arithmetic. Added to an integer whose value one row changes by Δ
 * at most, with scale Δ/ε, it is ε-differentially private (Ghosh, Roughgarden, Sundararajan, STOC 2009), without the holes
 * that floating point leaves (Mironov, CCS 2012).
 */
export function discreteLaplace({ numerator: t, denominator: s }: Fraction, random: RandomBytes): bigint {
  for (;;) {
    const u = uniform(t, random);
    if (!bernoulliExp(u, t, random)) continue;
    let v = 0n;
    while (bernoulliExp(1n, 1n, random)) v++;
    const magnitude = (u + t * v) / s;
    const isNegative = uniform(2n, random) === 1n;
    if (isNegative && magnitude === 0n) continue;
    return isNegative ? -magnitude : magnitude;
  }
}

/**
 * The least whole number that the noise's magnitude does not exceed with a probability.
 * @param within between 0 and 1
 */
export function noiseMargin({ numerator, denominator }: Fraction, within: number): number {
  const rate = Number(denominator) / Number(numerator);
  // P(|Z| > m) = 2 e^(−rate (m + 1)) / (1 + e^(−rate))
  const margin = Math.log(2 / ((1 - within) * (1 + Math.exp(-rate)))) / rate - 1;
  return Math.max(0, Math.ceil(margin));
}
