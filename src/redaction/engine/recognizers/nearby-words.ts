import { isWord } from '../characters.js';
import type { LabelContext } from '../labels.js';

const WORDS_BEFORE = 7;
const WORDS_AFTER = 8;
const REACH = 96;
const LONGEST_WORD = 40;
const SIEVE_BITS = 16;

/** A number for each code unit; those of a word are added up, so that it can be read from either end. */
const MIXED = Int32Array.from(
  { length: 256 },
  (_, code) => Math.imul((code | 32) + 1, 0x9e3779b1) ^ Math.imul(code | 32, code | 32),
);

/**
 * Context words of many lists at once. Most numbers stand beside none of them, and then no type's own list needs to be looked at.
 */
export class NearbyWords {
  readonly #words: ReadonlySet<string>;
  /** Marks the sums of the words, so that nearly all others are passed over without being cut out. */
  readonly #sieve = new Uint8Array(1 << SIEVE_BITS);

  constructor(words: Iterable<string>) {
    this.#words = new Set(words);
    for (const word of this.#words) {
      let sum = 0;
      for (let at = 0; at < word.length; at++) sum += mixed(word.charCodeAt(at));
      this.#sieve[place(sum)] = 1;
    }
  }

  inLabels(labels: LabelContext): boolean {
    return labels.words.some((word) => this.#words.has(word));
  }

  /** Whether a word of it stands some words before `start` or behind `end`; reaches further than any single list does. */
  isNear(text: string, start: number, end: number): boolean {
    return this.isBefore(text, start, WORDS_BEFORE) || this.#isAfter(text, end);
  }

  /** Whether a word of it is among the last `words` before `start`. */
  isBefore(text: string, start: number, words: number): boolean {
    const limit = Math.max(0, start - REACH);
    let at = start;
    for (let count = 0; count < words; count++) {
      while (at > limit && !isWord(text.charCodeAt(at - 1))) at--;
      const end = at;
      let sum = 0;
      while (at > limit && isWord(text.charCodeAt(at - 1))) sum += mixed(text.charCodeAt(--at));
      if (at === end) return false;
      if (this.#has(text, at, end, sum)) return true;
    }
    return false;
  }

  #isAfter(text: string, end: number): boolean {
    const limit = Math.min(text.length, end + REACH);
    let at = end;
    for (let count = 0; count < WORDS_AFTER; count++) {
      while (at < limit && !isWord(text.charCodeAt(at))) {
        if (text.charCodeAt(at) === 10) return false;
        at++;
      }
      const start = at;
      let sum = 0;
      while (at < limit && isWord(text.charCodeAt(at))) sum += mixed(text.charCodeAt(at++));
      if (at === start) return false;
      if (this.#has(text, start, at, sum)) return true;
    }
    return false;
  }

  #has(text: string, start: number, end: number, sum: number): boolean {
    if (this.#sieve[place(sum)] === 0 || end - start > LONGEST_WORD) return false;
    return this.#words.has(text.slice(start, end).toLowerCase());
  }
}

/** The same for both cases of Latin letters. */
function mixed(code: number): number {
  return MIXED[code & 255] ?? 0;
}

function place(sum: number): number {
  return (sum ^ (sum >> SIEVE_BITS)) & ((1 << SIEVE_BITS) - 1);
}
