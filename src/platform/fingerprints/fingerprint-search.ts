import { keyedTextDigest } from '../digest/keyed-text-digest.js';
import { type FingerprintSet, filterBits, filterShift, HALF, WHOLE } from './fingerprint-set.js';
import { isProved } from './fingerprint-tables.js';
import { checkHash, pairsHash, type Seeds, SHORTEST, STRIDE, seedsOf, WINDOW, windowHash } from './hashes.js';
import { type Guesses, NearGuesses } from './near-guesses.js';

/** Where a text of a set stands; UTF-16 code units, end exclusive. */
export interface FingerprintMatch {
  readonly start: number;
  readonly end: number;
  /** Of the fingerprint, in the order in which the set was given them. */
  readonly number: number;
}

/** What comes of one text. */
interface Outcome {
  readonly found: FingerprintMatch[];
  readonly near: NearGuesses;
}

/** Work between two chances for others: windows, candidates, and code units of those that are digested. */
const MOST_STEPS = 8_192;

/** Code units that are copied at once: to read them in pairs is faster than one by one. */
const CHUNK = STRIDE * 4_096;
/** Shorter texts are read as they are. */
const LEAST_COPIED = 192;

const copy = Buffer.alloc((CHUNK + WINDOW + 1) * 2);
const pairs = new Int32Array(copy.buffer, copy.byteOffset, copy.length / 4);

/**
 * Finds the texts of a set in others, wherever they stand, inside of words too. Of a text, only every eighth window of
 * five code units is hashed (after Karp and Rabin, 1987); what passes filter, table and check is proved by its digest. So
 * the time is that of a fraction of the text, whatever the number of fingerprints.
 */
export class FingerprintSearch {
  readonly #seeds: Seeds;
  readonly #shift: number;
  /** Different near guesses that all texts so far held, as digests. */
  readonly guesses: Guesses = new Set();
  /** Work done so far: windows looked at, candidates tried, and code units of those that were digested. */
  steps = 0;

  constructor(private readonly set: FingerprintSet) {
    this.#seeds = seedsOf(set.key);
    this.#shift = filterShift(set.filter);
  }

  get isEmpty(): boolean {
    return this.set.texts.numbers.length === 0;
  }

  /**
   * How many different near guesses all texts so far held, at most 1,000: the first half of a text of the set, as far as no
   * other begins with it, and then something else than its rest. Of halves below twelve code units some are missed as long
   * as no twelve are right.
   */
  get nearGuesses(): number {
    return this.guesses.size;
  }

  /** In the order of their looked-at windows; may overlap. Yields about every 8 Ki steps. */
  *find(text: string): Generator<void, FingerprintMatch[]> {
    if (text.length < SHORTEST || this.isEmpty) return [];
    const outcome = { found: [], near: new NearGuesses(this.set, this.#seeds, this.guesses) };
    if (text.length < LEAST_COPIED) this.#read(text, outcome);
    else yield* this.#readLong(text, outcome);
    outcome.near.settle(text, outcome.found);
    this.steps += outcome.near.steps;
    return outcome.found;
  }

  *#readLong(text: string, outcome: Outcome): Generator<void, void> {
    const end = text.length - WINDOW + 1;
    for (let from = 0; from < end; from += CHUNK) {
      const to = Math.min(end, from + CHUNK);
      const hits = this.#scan(text.slice(from, to + WINDOW), to - from);
      yield;
      let most = this.steps + outcome.near.steps + MOST_STEPS;
      for (const at of hits) {
        this.#try(text, from + at, windowHash(this.#seeds, text, from + at), outcome);
        if (this.steps + outcome.near.steps < most) continue;
        yield;
        most = this.steps + outcome.near.steps + MOST_STEPS;
      }
    }
  }

  #read(text: string, outcome: Outcome): void {
    const end = text.length - WINDOW + 1;
    for (let at = 0; at < end; at += STRIDE) {
      const hash = windowHash(this.#seeds, text, at);
      if (this.#passes(hash)) this.#try(text, at, hash, outcome);
    }
    this.steps += Math.ceil(end / STRIDE);
  }

  /** The places before `end` whose windows pass the filter. */
  #scan(chunk: string, end: number): number[] {
    copy.write(chunk, 'utf16le');
    const { filter } = this.set;
    const shift = this.#shift;
    const seeds = this.#seeds;
    const hits: number[] = [];
    for (let at = 0; at < end; at += STRIDE) {
      const pair = at >> 1;
      const last = (pairs[pair + 2] ?? 0) & 0xffff;
      const hash = pairsHash(seeds, pairs[pair] ?? 0, pairs[pair + 1] ?? 0, last);
      const bits = filterBits(hash);
      if (((filter[hash >>> shift] ?? 0) & bits) === bits) hits.push(at);
    }
    this.steps += Math.ceil(end / STRIDE);
    return hits;
  }

  #passes(hash: number): boolean {
    const bits = filterBits(hash);
    return ((this.set.filter[hash >>> this.#shift] ?? 0) & bits) === bits;
  }

  #try(text: string, at: number, hash: number, { found, near }: Outcome): void {
    const { heads, next, hashes, places, lengths, kinds } = this.set.windows;
    let index = heads[hash & (heads.length - 1)] ?? -1;
    for (; index >= 0; index = next[index] ?? -1) {
      this.steps++;
      if (hashes[index] !== hash) continue;
      const place = places[index] ?? 0;
      const length = lengths[index] ?? 0;
      const kind = kinds[index] ?? 0;
      const start = at - place;
      if (start < 0) continue;
      const isWhole = (kind & WHOLE) !== 0 && this.#check(text, start, length, place, found);
      if (!isWhole && (kind & HALF) !== 0) near.look(text, start, length, place);
    }
  }

  /** Whether a text is there as a whole. */
  #check(text: string, start: number, length: number, place: number, found: FingerprintMatch[]): boolean {
    if (start + length > text.length) return false;
    const { heads, next, checks, lengths, bases, numbers } = this.set.texts;
    const check = checkHash(this.#seeds, text, start, length);
    let digest: Buffer | undefined;
    let index = heads[check & (heads.length - 1)] ?? -1;
    for (; index >= 0; index = next[index] ?? -1) {
      this.steps++;
      if (checks[index] !== check || lengths[index] !== length) continue;
      // Others may have the same window there: each text is found by its own alone, and so once.
      const base = bases[index] ?? 0;
      if (place < base || place >= base + STRIDE) continue;
      if (!digest) {
        digest = keyedTextDigest(this.set.key, text.slice(start, start + length));
        this.steps += length;
      }
      if (!isProved(this.set.texts, index, digest)) continue;
      found.push({ start, end: start + length, number: numbers[index] ?? -1 });
      return true;
    }
    return false;
  }
}
