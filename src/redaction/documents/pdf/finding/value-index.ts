import { isOrdinaryWord } from '../../../engine/occurrences/ordinary-word.js';

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** What may stand between two words of one value: more is another sentence. */
const WIDEST_GAP = 4;
/** Shorter values say too little to be looked for everywhere. */
const LEAST_CHARACTERS = 4;
const LEAST_DIGITS = 7;

export interface Occurrence {
  readonly start: number;
  readonly end: number;
  /** Engine name of its type, handed in with the value. */
  readonly label: string;
}

/** Compared alike: compatibility forms (ligatures, full width) and case say nothing. Lengths may change. */
const folded = (word: string): string =>
  (/[^\x20-\x7e]/.test(word) ? word.normalize('NFKC') : word).toLowerCase();

/**
 * Finds values again wherever they stand as whole words, in any case, with any punctuation or white space between their
 * words. Looks words up rather than searching for each value, so that its cost does not grow with their number.
 */
export class ValueIndex {
  /** Labels by the value's words, joined by spaces. */
  readonly #values = new Map<string, string>();
  /** By first word: of how many words values consist, the most first. */
  readonly #lengths = new Map<string, number[]>();

  /** Ignored when it has fewer than 4 letters and digits. */
  add(value: string, label: string): void {
    const words = (value.match(WORD) ?? []).map(folded);
    if (words.join('').length < LEAST_CHARACTERS) return;
    this.#insert(words, label);
    const digits = words.join('');
    if (words.length > 1 && digits.length >= LEAST_DIGITS && /^\d+$/.test(digits))
      this.#insert([digits], label);
  }

  get isEmpty(): boolean {
    return this.#values.size === 0;
  }

  /** Occurrences in the text's order, the longest where several begin; they do not overlap. */
  find(text: string): Occurrence[] {
    const found: Occurrence[] = [];
    if (this.isEmpty) return found;
    const words = new RegExp(WORD);
    for (let match = words.exec(text); match !== null; match = words.exec(text)) {
      const lengths = this.#lengths.get(folded(match[0]));
      const hit = lengths === undefined ? undefined : this.#longestAt(text, match.index, lengths);
      if (hit === undefined || isOrdinaryWord(text.slice(hit.start, hit.end), hit.label)) continue;
      found.push(hit);
      words.lastIndex = hit.end;
    }
    return found;
  }

  #longestAt(text: string, start: number, lengths: readonly number[]): Occurrence | undefined {
    const words = wordsFrom(text, start, lengths[0] ?? 1);
    for (const count of lengths) {
      const last = words[count - 1];
      const key = words
        .slice(0, count)
        .map((word) => word.text)
        .join(' ');
      const label = last === undefined ? undefined : this.#values.get(key);
      if (last !== undefined && label !== undefined) return { start, end: last.end, label };
    }
    return undefined;
  }

  #insert(words: readonly string[], label: string): void {
    const [first = ''] = words;
    const key = words.join(' ');
    if (this.#values.has(key)) return;
    this.#values.set(key, label);
    const lengths = this.#lengths.get(first) ?? [];
    if (lengths.includes(words.length)) return;
    this.#lengths.set(
      first,
      [...lengths, words.length].sort((a, b) => b - a),
    );
  }
}

interface Word {
  readonly text: string;
  readonly end: number;
}

/** As many words as stand together from there on, and no more than asked for. */
function wordsFrom(text: string, start: number, most: number): Word[] {
  const words: Word[] = [];
  const pattern = new RegExp(WORD);
  pattern.lastIndex = start;
  for (let match = pattern.exec(text); match !== null && words.length < most; match = pattern.exec(text)) {
    const before = words.at(-1);
    if (before !== undefined && match.index - before.end > WIDEST_GAP) break;
    words.push({ text: folded(match[0]), end: match.index + match[0].length });
  }
  return words;
}
