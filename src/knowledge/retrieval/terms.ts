import { detached } from './detached.js';
import { normalize } from './normalize.js';
import { stem } from './porter-stemmer.js';
import { isStopWord } from './stop-words.js';
import { wordsOf } from './words.js';

/** A word by which texts are compared, and where it stands. Offsets are UTF-16 code units, end exclusive. */
export interface Term {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

const MOST_REMEMBERED = 20_000;

/**
 * Makes terms of words: normalized, without stop words, stemmed. Remembers what it made, so one belongs to one piece of work
 * and goes with it.
 */
export class TermReader {
  private readonly known = new Map<string, string>();

  /** The term of a word; empty when it is a stop word. */
  termOf(word: string): string {
    const known = this.known.get(word);
    if (known !== undefined) return known;
    const normal = normalize(word);
    const term = isStopWord(normal) ? '' : stem(normal);
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(detached(word), term);
    return term;
  }

  /** The terms of a text in order, in time that grows with its length. */
  *termsOf(text: string): Generator<Term, void> {
    for (const { text: word, start, end } of wordsOf(text)) {
      const term = this.termOf(word);
      if (term !== '') yield { term, start, end };
    }
  }
}
