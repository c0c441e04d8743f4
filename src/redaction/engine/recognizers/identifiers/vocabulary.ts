import { isWord } from '../../characters.js';
import type { LabelContext } from '../../labels.js';

const WORDS_BEFORE = 7;
const WORDS_AFTER = 8;
const REACH = 96;
const LONGEST_WORD = 31;

/**
 * All context words of all identifiers at once. Most numbers stand beside none of them, and then no type's own list needs to be
 * looked at.
 */
export class Vocabulary {
  readonly #words: ReadonlySet<string>;
  /** Lengths and first letters that occur, so that most words are passed over without being cut out. */
  readonly #sieve = new Uint8Array(1_024);

  constructor(words: Iterable<string>) {
    this.#words = new Set(words);
    for (const word of this.#words) this.#sieve[place(word.length, word.charCodeAt(0))] = 1;
  }

  inLabels(labels: LabelContext): boolean {
    return labels.words.some((word) => this.#words.has(word));
  }

  /** Whether a word of it stands some words before `start` or behind `end`; reaches further than any single list does. */
  isNear(text: string, start: number, end: number): boolean {
    return this.#isBefore(text, start) || this.#isAfter(text, end);
  }

  #isBefore(text: string, start: number): boolean {
    const limit = Math.max(0, start - REACH);
    let at = start;
    for (let count = 0; count < WORDS_BEFORE; count++) {
      while (at > limit && !isWord(text.charCodeAt(at - 1))) at--;
      const end = at;
      while (at > limit && isWord(text.charCodeAt(at - 1))) at--;
      if (at === end) return false;
      if (this.#has(text, at, end)) return true;
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
      while (at < limit && isWord(text.charCodeAt(at))) at++;
      if (at === start) return false;
      if (this.#has(text, start, at)) return true;
    }
    return false;
  }

  #has(text: string, start: number, end: number): boolean {
    const length = end - start;
    if (length > LONGEST_WORD || this.#sieve[place(length, text.charCodeAt(start))] === 0) return false;
    return this.#words.has(text.slice(start, end).toLowerCase());
  }
}

/** The same for both cases of ASCII letters. */
function place(length: number, first: number): number {
  return (length & 31) * 32 + (first & 31);
}
