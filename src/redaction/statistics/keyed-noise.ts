import { keyedDigest } from '../../crypto/index.js';
import type { RandomBytes } from '../engine/statistics/noise/exact-bernoulli.js';

/**
 * Random bytes that one seed always gives alike: HMAC-SHA-256 in counter mode (NIST SP 800-108), a pseudo-random function, so
 * that nobody without the seed can tell them from chance.
 */
export class KeyedNoise implements RandomBytes {
  #block: Buffer = Buffer.alloc(0);
  #used = 0;
  #counter = 0;

  /** @param seed 32 secret bytes */
  constructor(private readonly seed: Buffer) {}

  next(count: number): Uint8Array {
    const bytes = Buffer.alloc(count);
    for (let filled = 0; filled < count; ) {
      if (this.#used === this.#block.length) this.#refill();
      const copied = this.#block.copy(bytes, filled, this.#used);
      filled += copied;
      this.#used += copied;
    }
    return bytes;
  }

  #refill(): void {
    this.#block = keyedDigest(this.seed, 'noise block', this.#counter++);
    this.#used = 0;
  }
}
