import { keyedNumbers } from '../digest/keyed-text-digest.js';

/** Length of a window in UTF-16 code units. */
export const WINDOW = 5;

/** Places between two windows that are looked at in a text; every fingerprint has a window for each remainder. */
export const STRIDE = 8;

/** Shortest text that can be found: whatever its place, one looked-at window lies within it. */
export const SHORTEST = WINDOW + STRIDE - 1;

/** Shortest first half of a text. */
const SHORTEST_HALF = 8;

/** How long the first half of a text is that has so many code units. */
export const halfOf = (length: number): number => Math.max(SHORTEST_HALF, Math.ceil(length / 2));

/** Code units of a text that its check is made of. */
const SAMPLES = 16;

/** What the hashes of a key multiply by. */
export type Seeds = Int32Array;

/** @param key any number of bytes; without it nobody can tell which texts share a hash */
export function seedsOf(key: Uint8Array): Seeds {
  const seeds = keyedNumbers(key, 'windows of fingerprints', 5);
  return seeds.map((seed) => seed | 1);
}

/** Hash of the window at `at`, 32 bits. */
export const windowHash = (seeds: Seeds, text: string, at: number): number =>
  pairsHash(
    seeds,
    text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16),
    text.charCodeAt(at + 2) | (text.charCodeAt(at + 3) << 16),
    text.charCodeAt(at + 4),
  );

/**
 * The same of a window's code units in pairs, the first of a pair in its low half. Multilinear (Lemire and Kaser, "Strongly
 * universal string hashing is fast", 2014), and mixed once more so that all its bits may be used.
 */
export const pairsHash = (seeds: Seeds, a: number, b: number, last: number): number =>
  mixed(
    Math.imul(seeds[0] ?? 1, a) + Math.imul(seeds[1] ?? 1, b) + Math.imul(seeds[2] ?? 1, last),
    seeds[3] ?? 1,
  );

export function mixed(sum: number, multiplier: number): number {
  const whole = sum | 0;
  const folded = Math.imul(whole ^ (whole >>> 15), multiplier);
  return folded ^ (folded >>> 13);
}

/**
 * Hash of sixteen code units of a stretch, at places that its length and the key decide: whoever repeats a part of a
 * known text without end does not know which places would have to agree.
 */
export function checkHash(seeds: Seeds, text: string, start: number, length: number): number {
  const multiplier = seeds[4] ?? 1;
  let place = mixed(length, multiplier);
  const share = length / 2 ** 32;
  let hash = length;
  for (let sample = 0; sample < SAMPLES; sample++) {
    place = Math.imul(place, 1_664_525) + 1_013_904_223;
    const at = start + Math.floor((place >>> 0) * share);
    hash = Math.imul(hash ^ text.charCodeAt(at), multiplier);
    hash ^= hash >>> 15;
  }
  return hash;
}
