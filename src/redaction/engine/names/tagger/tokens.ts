import { classOf, DIGIT, LOWER, UPPER } from '../../characters.js';
import { wordFlags } from './gazetteer.js';
import { foldAt, HASH_SEED as SEED, hashStep as step } from './letters.js';

/** Kinds of tokens; a word's and a number's shape is told apart further by `shapeOf`. */
export const Shape = {
  Lower: 1,
  Capitalised: 2,
  Capitals: 3,
  Initial: 4,
  Camel: 5,
  Caseless: 6,
  LowerInitial: 7,
  Digits: 8, // 8 to 15: by number of digits
  Mixed: 16,
  Newline: 17,
  BlankLine: 18,
  Tab: 19,
  Sign: 20,
  None: 21,
} as const;

const MOST_DIGITS_TOLD = 7;
const APOSTROPHE = 39;
const RIGHT_QUOTE = 0x2019;
const DASH = 45;
const NEWLINE = 10;

/** What `words` holds of a sign. */
export const signWord = (code: number): number => step(SEED, code);

/**
 * The tokens of a stretch of text: words with inner apostrophes and hyphens (a possessive `'s` is a token of its own),
 * runs with digits, signs (the same sign again and again is one token) and line ends. Offsets are those of the text.
 */
export class Tokens {
  count = 0;
  starts = new Int32Array(1_024);
  ends = new Int32Array(1_024);
  /** FNV-1a of the lower-cased token, and of its first and last two and three letters. */
  words = new Int32Array(1_024);
  prefixes = new Int32Array(1_024);
  suffixes = new Int32Array(1_024);
  shortSuffixes = new Int32Array(1_024);
  shapes = new Uint8Array(1_024);
  flags = new Uint16Array(1_024);
  /** 1 where white space stands before the token. */
  spaced = new Uint8Array(1_024);

  /** Reads the tokens from `from` to `to`; what was read before is forgotten. */
  read(text: string, from: number, to: number): void {
    this.count = 0;
    let at = from;
    let spaced = 1;
    while (at < to) {
      const code = text.charCodeAt(at);
      if (code === 32 || code === 13 || code === 0xa0) {
        spaced = 1;
        at++;
        continue;
      }
      if (this.count === this.starts.length) this.#grow();
      this.spaced[this.count] = spaced;
      const kind = classOf(code);
      if (code === NEWLINE || code === 9) at = this.#lineEnd(text, at, to, code);
      else if (kind >= LOWER && kind <= DIGIT) at = this.#word(text, at, to);
      else at = this.#sign(text, at, to, code);
      spaced = code === NEWLINE || code === 9 ? 1 : 0;
    }
  }

  #lineEnd(text: string, at: number, to: number, code: number): number {
    let end = at + 1;
    let lines = code === NEWLINE ? 1 : 0;
    while (end < to && text.charCodeAt(end) <= 32) {
      if (text.charCodeAt(end) === NEWLINE) lines++;
      end++;
    }
    const shape = lines > 1 ? Shape.BlankLine : lines === 1 ? Shape.Newline : Shape.Tab;
    this.#add(at, end, step(SEED, shape), shape, 0);
    return end;
  }

  #sign(text: string, at: number, to: number, code: number): number {
    let end = at + 1;
    while (end < to && text.charCodeAt(end) === code) end++;
    this.#add(at, end, signWord(code), Shape.Sign, 0);
    return end;
  }

  #word(text: string, start: number, to: number): number {
    let hash = SEED;
    let prefix = SEED;
    let upper = 0;
    let digits = 0;
    let end = start;
    let letters = 0;
    let innerUpper = 0;
    let caseless = 0;
    while (end < to) {
      const code = text.charCodeAt(end);
      const kind = classOf(code);
      if (kind < LOWER || kind > DIGIT) {
        if (digits > 0 || !joins(text, end, to, code)) break;
      } else if (kind === DIGIT) digits++;
      else {
        letters++;
        if (kind === UPPER) {
          upper++;
          if (end > start && classOf(text.charCodeAt(end - 1)) >= LOWER) innerUpper++;
        } else if (code >= 0x3041) caseless++;
      }
      const unit = foldAt(code);
      hash = step(hash, unit);
      if (end < start + 3) prefix = step(prefix, unit);
      end++;
    }
    const shape = shapeOf({ length: end - start, letters, digits, upper, innerUpper, caseless });
    const index = this.count;
    this.#add(start, end, hash, shape, shape <= Shape.LowerInitial ? wordFlags(hash) : 0);
    this.prefixes[index] = prefix;
    const last = foldAt(text.charCodeAt(end - 1));
    const second = end - start > 1 ? foldAt(text.charCodeAt(end - 2)) : 0;
    const third = end - start > 2 ? foldAt(text.charCodeAt(end - 3)) : 0;
    const short = step(step(SEED, last), second);
    this.shortSuffixes[index] = short;
    this.suffixes[index] = step(short, third);
    return end;
  }

  #add(start: number, end: number, hash: number, shape: number, flags: number): void {
    const index = this.count++;
    this.starts[index] = start;
    this.ends[index] = end;
    this.words[index] = hash;
    this.prefixes[index] = hash;
    this.suffixes[index] = hash;
    this.shortSuffixes[index] = hash;
    this.shapes[index] = shape;
    this.flags[index] = flags;
  }

  #grow(): void {
    const size = this.starts.length * 2;
    this.starts = enlarged(this.starts, new Int32Array(size));
    this.ends = enlarged(this.ends, new Int32Array(size));
    this.words = enlarged(this.words, new Int32Array(size));
    this.prefixes = enlarged(this.prefixes, new Int32Array(size));
    this.suffixes = enlarged(this.suffixes, new Int32Array(size));
    this.shortSuffixes = enlarged(this.shortSuffixes, new Int32Array(size));
    this.shapes = enlarged(this.shapes, new Uint8Array(size));
    this.flags = enlarged(this.flags, new Uint16Array(size));
    this.spaced = enlarged(this.spaced, new Uint8Array(size));
  }
}

function enlarged<T extends Int32Array | Uint8Array | Uint16Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

/** An apostrophe or hyphen between letters; not the one of a possessive. */
function joins(text: string, at: number, to: number, code: number): boolean {
  if (code !== APOSTROPHE && code !== RIGHT_QUOTE && code !== DASH) return false;
  if (at + 1 >= to) return false;
  const kind = classOf(text.charCodeAt(at + 1));
  if (kind !== LOWER && kind !== UPPER) return false;
  if (code === DASH) return true;
  const next = foldAt(text.charCodeAt(at + 1));
  const after = at + 2 < to ? classOf(text.charCodeAt(at + 2)) : 0;
  return next !== 115 || (after >= LOWER && after <= DIGIT);
}

interface Letters {
  readonly length: number;
  readonly letters: number;
  readonly digits: number;
  readonly upper: number;
  readonly innerUpper: number;
  readonly caseless: number;
}

function shapeOf({ length, letters, digits, upper, innerUpper, caseless }: Letters): number {
  if (digits > 0)
    return letters > 0 ? Shape.Mixed : Shape.Digits + Math.min(digits, MOST_DIGITS_TOLD + 1) - 1;
  if (caseless > 0) return Shape.Caseless;
  if (upper === 0) return length === 1 ? Shape.LowerInitial : Shape.Lower;
  if (length === 1) return Shape.Initial;
  if (upper === letters) return Shape.Capitals;
  return innerUpper > 0 ? Shape.Camel : upper > 0 ? Shape.Capitalised : Shape.Lower;
}

export const isDigitShape = (shape: number): boolean => shape >= Shape.Digits && shape < Shape.Mixed;
