/**
 * Repeatable random numbers from a 32-bit seed (Mulberry32, T. Ettinger 2017): good enough to vary texts and moments,
 * never for keys.
 * @param {number} seed
 */
export function createRandom(seed) {
  let state = seed >>> 0;
  /** A number from 0 up to 1. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** A whole number from 0 to `limit` − 1. */
  const below = (limit) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (list) => list[below(list.length)],
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
  };
}

/** A seed for a run that was given none; printed, so that the run can be repeated. */
export const anySeed = () => Math.floor(Math.random() * 2 ** 32);
