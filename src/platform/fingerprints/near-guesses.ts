import { keyedTextDigest } from '../digest/keyed-text-digest.js';
import type { FingerprintSet } from './fingerprint-set.js';
import { isProved } from './fingerprint-tables.js';
import { checkHash, halfOf, type Seeds, STRIDE } from './hashes.js';

/** Most guesses that are told apart. */
export const MOST_GUESSES = 1_000;

/** Where the first half of a text of the set stands. */
interface HalfPlace {
  readonly start: number;
  readonly end: number;
  /** Where the whole text would end. */
  readonly wholeEnd: number;
  /** Of the half in the set. */
  readonly index: number;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What was guessed so far: of which text, and with what rest, as digests. */
export type Guesses = Set<string>;

/**
 * First halves of a set's texts in one text, where the rest does not follow. Halves that overlap one before, or a text that
 * is there as a whole, do not count, nor does the same guess again: it tells nobody anything new.
 */
export class NearGuesses {
  readonly #places: HalfPlace[] = [];
  #until = 0;
  /** Work done: candidates tried, and code units of those that were digested. */
  steps = 0;

  constructor(
    private readonly set: FingerprintSet,
    private readonly seeds: Seeds,
    private readonly guesses: Guesses,
  ) {}

  /** Looks whether a half is there, of a text that would begin at `start` and whose window stands at `place` of it. */
  look(text: string, start: number, length: number, place: number): void {
    const end = start + halfOf(length);
    if (start < this.#until || end > text.length || this.guesses.size >= MOST_GUESSES) return;
    const { heads, next, checks, lengths, bases } = this.set.halves;
    const check = checkHash(this.seeds, text, start, end - start);
    let digest: Buffer | undefined;
    let index = heads[check & (heads.length - 1)] ?? -1;
    for (; index >= 0; index = next[index] ?? -1) {
      this.steps++;
      if (checks[index] !== check || lengths[index] !== length) continue;
      const base = bases[index] ?? 0;
      if (place < base || place >= base + STRIDE) continue;
      digest ??= this.#digest(text, start, end);
      // Proved or not, nothing is digested twice: the time stays that of the text.
      this.#until = end;
      if (!isProved(this.set.halves, index, digest)) continue;
      this.#places.push({ start, end, wholeEnd: start + length, index });
      return;
    }
  }

  /** Counts those that are no part of what was found. */
  settle(text: string, found: readonly Stretch[]): void {
    if (this.#places.length === 0) return;
    const wholes = found.toSorted((a, b) => a.start - b.start);
    let whole = 0;
    let covered = 0;
    for (const { start, end, wholeEnd, index } of this.#places) {
      for (; (wholes[whole]?.start ?? end) < end; whole++)
        covered = Math.max(covered, wholes[whole]?.end ?? 0);
      if (covered > start || this.guesses.size >= MOST_GUESSES) continue;
      this.guesses.add(`${index} ${this.#digest(text, end, wholeEnd).toString('base64')}`);
    }
  }

  #digest(text: string, start: number, end: number): Buffer {
    this.steps += end - start;
    return keyedTextDigest(this.set.key, text.slice(start, end));
  }
}
