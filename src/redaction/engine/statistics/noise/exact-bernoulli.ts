/** A source of random bytes: cryptographic where answers leave the house, seeded where a test must be repeatable. */
export interface RandomBytes {
  /** @returns `count` bytes, each value equally likely and independent of all others */
  next(count: number): Uint8Array;
}

/** An integer from 0 to `below` − 1, each equally likely, by rejection. */
export function uniform(below: bigint, random: RandomBytes): bigint {
  const bits = (below - 1n).toString(2).length;
  const bytes = Math.ceil(bits / 8);
  const surplus = BigInt(bytes * 8 - bits);
  for (;;) {
    let value = 0n;
    for (const byte of random.next(bytes)) value = (value << 8n) | BigInt(byte);
    value >>= surplus;
    if (value < below) return value;
  }
}

/** True with probability `numerator / denominator`, which lies within 0 and 1. */
const bernoulli = (numerator: bigint, denominator: bigint, random: RandomBytes): boolean =>
  uniform(denominator, random) < numerator;

/**
 * True with probability exp(−numerator / denominator), for a fraction within 0 and 1: Algorithm 1 of Canonne, Kamath,
 * Steinke, The Discrete Gaussian for Differential Privacy (NeurIPS 2020). Integers alone, so nothing is rounded.
 */
export function bernoulliExp(numerator: bigint, denominator: bigint, random: RandomBytes): boolean {
  let k = 1n;
  while (bernoulli(numerator, denominator * k, random)) k++;
  return k % 2n === 1n;
}
