import { normalize } from './normalize.js';
import { STOP_WORD_COUNT, stopWordNumber } from './stop-words.js';
import { TermReader } from './terms.js';
import { wordsOf } from './words.js';

/** How many 32-bit words hold a bit for every stop word. */
export const STOP_BIT_WORDS = Math.ceil(STOP_WORD_COUNT / 32);

/** What is compared of a text. */
export interface ReadText {
  /** In order, stop words left out. */
  readonly terms: readonly string[];
  /** `slipstream` for each `slip-stream`, whose parts are among the terms: writers differ in where they put hyphens. */
  readonly joined: readonly string[];
  /** A bit for each stop word that is there, lowest first. */
  readonly stopBits: Uint32Array;
}

const HYPHENS = '-‐‑';
const LETTERS = /^\p{L}{2,}$/u;
const MOST_REMEMBERED = 2_000;

/** Reads texts for an index and the queries for it alike. What it remembers is bounded and holds on to no text. */
export class ChunkReader {
  private readonly reader = new TermReader();
  private readonly stopWords = new Map<string, number | undefined>();

  read(text: string): ReadText {
    const terms: string[] = [];
    const joined: string[] = [];
    const stopBits = new Uint32Array(STOP_BIT_WORDS);
    let previous = '';
    let previousEnd = -1;
    for (const { text: word, start, end } of wordsOf(text)) {
      const term = this.reader.termOf(word);
      if (term !== '') terms.push(term);
      else this.mark(word, stopBits);
      if (start === previousEnd + 1 && HYPHENS.includes(text.charAt(previousEnd))) {
        const whole = this.join(previous, word);
        if (whole !== '') joined.push(whole);
      }
      previous = word;
      previousEnd = end;
    }
    return { terms, joined, stopBits };
  }

  private join(one: string, other: string): string {
    return LETTERS.test(one) && LETTERS.test(other) ? this.reader.termOf(one + other) : '';
  }

  private mark(word: string, bits: Uint32Array): void {
    if (!this.stopWords.has(word)) {
      if (this.stopWords.size >= MOST_REMEMBERED) this.stopWords.clear();
      this.stopWords.set(word, stopWordNumber(normalize(word)));
    }
    const number = this.stopWords.get(word);
    if (number !== undefined) bits[number >>> 5] = (bits[number >>> 5] ?? 0) | (1 << (number & 31));
  }
}
