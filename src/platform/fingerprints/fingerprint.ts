import { keyedTextDigest } from '../digest/keyed-text-digest.js';
import { checkHash, halfOf, type Seeds, SHORTEST, STRIDE, seedsOf, windowHash } from './hashes.js';

/** What is kept of a text to find it again; the text cannot be read from it. */
export interface Fingerprint {
  /** Of the text, in UTF-16 code units. */
  readonly length: number;
  /** Where in the text its windows begin. */
  readonly base: number;
  /** Hashes of the eight windows from there. */
  readonly windows: readonly number[];
  readonly check: number;
  /** Of the whole text, as four 32-bit numbers. */
  readonly digest: readonly number[];
  /** Of texts whose first half is to be noticed without the rest. */
  readonly half?: FingerprintHalf;
}

/** What is kept of a text's first half. */
export interface FingerprintHalf extends Windows {
  readonly check: number;
  readonly digest: readonly number[];
}

interface Windows {
  readonly base: number;
  readonly windows: readonly number[];
}

interface Choice extends Windows {
  readonly uses: number;
  readonly variety: number;
}

/** Places of a text that are tried for its windows. */
const TRIES = 12;

/**
 * Makes the fingerprints of one key. Many texts may begin alike (`postgresql://…`), so of the places that are tried those
 * windows are taken which the fewest others have, and among equals those of the most different characters.
 */
export class FingerprintMaker {
  readonly #seeds: Seeds;
  readonly #uses = new Map<number, number>();

  /** @param known the fingerprints that there are already */
  constructor(
    private readonly key: Uint8Array,
    known: Iterable<Fingerprint> = [],
  ) {
    this.#seeds = seedsOf(key);
    for (const { base, windows, half } of known) {
      this.#count(windows);
      if (half && half.base !== base) this.#count(half.windows);
    }
  }

  /**
   * @param withHalf whether its first half is to be noticed without the rest
   * @throws RangeError for a text of fewer than 12 code units
   */
  make(text: string, withHalf = false): Fingerprint {
    if (text.length < SHORTEST) throw new RangeError('the text is too short for a fingerprint');
    const anywhere = this.#choose(text, text.length - SHORTEST);
    const early = withHalf ? this.#choose(text, Math.max(0, halfOf(text.length) - SHORTEST)) : undefined;
    // One set of windows does for both, unless others have more of the half's.
    const { base, windows } = early && early.uses <= anywhere.uses ? early : anywhere;
    this.#count(windows);
    if (early && early.base !== base) this.#count(early.windows);
    return {
      ...{ length: text.length, base, windows, ...this.#proofOf(text) },
      ...(early && {
        half: {
          ...{ base: early.base, windows: early.base === base ? windows : early.windows },
          ...this.#proofOf(text.slice(0, halfOf(text.length))),
        },
      }),
    };
  }

  #proofOf(text: string): { check: number; digest: number[] } {
    const digest = keyedTextDigest(this.key, text);
    return {
      check: checkHash(this.#seeds, text, 0, text.length),
      digest: [0, 4, 8, 12].map((at) => digest.readInt32LE(at)),
    };
  }

  /** @param last place at which the windows may begin */
  #choose(text: string, last: number): Choice {
    const tries = Math.min(TRIES, last + 1);
    let best = this.#choiceAt(text, 0);
    for (let index = 1; index < tries; index++) {
      const choice = this.#choiceAt(text, Math.round((last * index) / (tries - 1)));
      if (choice.uses < best.uses || (choice.uses === best.uses && choice.variety > best.variety))
        best = choice;
    }
    return best;
  }

  #choiceAt(text: string, base: number): Choice {
    const windows = this.#windowsAt(text, base);
    return { base, windows, uses: this.#mostUses(windows), variety: varietyOf(text, base) };
  }

  #windowsAt(text: string, base: number): number[] {
    const windows: number[] = [];
    for (let index = 0; index < STRIDE; index++) windows.push(windowHash(this.#seeds, text, base + index));
    return windows;
  }

  #mostUses(windows: readonly number[]): number {
    let most = 0;
    for (const hash of windows) most = Math.max(most, this.#uses.get(hash) ?? 0);
    return most;
  }

  #count(windows: readonly number[]): void {
    for (const hash of windows) this.#uses.set(hash, (this.#uses.get(hash) ?? 0) + 1);
  }
}

/** About how many different characters the windows from `base` have. */
function varietyOf(text: string, base: number): number {
  let seen = 0;
  for (let at = base; at < base + SHORTEST; at++) seen |= 1 << (text.charCodeAt(at) & 31);
  let count = 0;
  for (; seen !== 0; seen &= seen - 1) count++;
  return count;
}
