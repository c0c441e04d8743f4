import { isDigit } from '../characters.js';
import type { Stretch } from './stretch.js';

/** A number of which fewer digits are known stands in too many places by chance. */
export const LEAST_DIGITS = 7;
/** Of so many digits also within a longer run of digits. */
const LEAST_WITHIN = 12;
const ZERO = 48;
const FILTER_SIZE = 1 << 16;
const MOST_BETWEEN = 3;
const MOST_DIGITS = 40;
/** What people write between the groups of a number, and before it. */
const SEPARATORS = new Set([...' \u00a0\u2009\u202f.-\u2010\u2011\u2012\u2013\u2212/()+_·'].map(codeOf));
const OPENING = new Set([...'(+'].map(codeOf));

function codeOf(sign: string): number {
  return sign.charCodeAt(0);
}

interface Sequence<T> {
  readonly digits: string;
  /** Letters that stand before the digits, lower-cased: `de` of an IBAN. */
  readonly prefix: string;
  readonly value: T;
}

/** By length, then by digits. */
type Bucket<T> = Map<number, Map<string, Sequence<T>>>;

/**
 * Numbers that are found whatever stands between their groups: `415.555.0132` for `(415) 555-0132`. They begin and end
 * where digits begin and end; those of at least twelve digits also stand within longer runs. One pass, whatever their
 * number: places are told by the first seven digits.
 */
export class DigitSequences<T> {
  readonly #buckets = new Map<number, Bucket<T>>();
  readonly #filter = new Uint8Array(FILTER_SIZE);
  #hasLong = false;

  get isEmpty(): boolean {
    return this.#buckets.size === 0;
  }

  /** @param digits at least {@link LEAST_DIGITS}; the first value of equal ones stays */
  add(digits: string, prefix: string, value: T): void {
    if (digits.length < LEAST_DIGITS || digits.length > MOST_DIGITS) return;
    const key = Number(digits.slice(0, LEAST_DIGITS));
    const bucket: Bucket<T> = this.#buckets.get(key) ?? new Map();
    const sameLength = bucket.get(digits.length) ?? new Map<string, Sequence<T>>();
    if (!sameLength.has(digits)) sameLength.set(digits, { digits, prefix, value });
    bucket.set(digits.length, sameLength);
    this.#buckets.set(key, bucket);
    this.#filter[key % FILTER_SIZE] = 1;
    this.#hasLong ||= digits.length >= LEAST_WITHIN;
  }

  /** Where any of them stands, in order and apart, the longest where several begin. */
  *find(text: string): Generator<{ readonly value: T } & Stretch, undefined> {
    if (this.isEmpty) return;
    for (let at = 0; at < text.length; ) {
      if (!isDigit(text.charCodeAt(at))) {
        at++;
        continue;
      }
      const match = this.#longestAt(text, at);
      if (match === undefined) at = this.#hasLong ? at + 1 : digitsEnd(text, at);
      else {
        yield match;
        at = match.end;
      }
    }
  }

  #longestAt(text: string, start: number): ({ readonly value: T } & Stretch) | undefined {
    const key = firstDigits(text, start);
    if (key < 0 || this.#filter[key % FILTER_SIZE] === 0) return undefined;
    let longest: ({ readonly value: T } & Stretch) | undefined;
    for (const [length, sequences] of this.#buckets.get(key) ?? []) {
      const read = readDigits(text, start, length);
      const sequence = read && sequences.get(read.digits);
      if (!read || !sequence || (longest !== undefined && read.end <= longest.end)) continue;
      const isWhole = !isDigit(text.charCodeAt(start - 1)) && !isDigit(text.charCodeAt(read.end));
      if (!isWhole && !(read.isOneRun && length >= LEAST_WITHIN)) continue;
      longest = {
        value: sequence.value,
        start: withPrefix(text, start, sequence.prefix),
        end: read.end,
      };
    }
    return longest;
  }
}

/** The next digits from `start`, across separators between groups; undefined when there are fewer. */
function readDigits(
  text: string,
  start: number,
  count: number,
): { digits: string; end: number; isOneRun: boolean } | undefined {
  let digits = '';
  let between = 0;
  let isOneRun = true;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      digits += text.charAt(at);
      between = 0;
      if (digits.length === count) return { digits, end: at + 1, isOneRun };
    } else {
      if (++between > MOST_BETWEEN || !SEPARATORS.has(code)) return undefined;
      isOneRun = false;
    }
  }
  return undefined;
}

/** The first seven digits as a number, or -1; as {@link readDigits}, for every number of a text. */
function firstDigits(text: string, start: number): number {
  let key = 0;
  let count = 0;
  let between = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      key = key * 10 + code - ZERO;
      between = 0;
      if (++count === LEAST_DIGITS) return key;
    } else if (++between > MOST_BETWEEN || !SEPARATORS.has(code)) return -1;
  }
  return -1;
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

function withPrefix(text: string, start: number, prefix: string): number {
  if (prefix !== '' && text.slice(start - prefix.length, start).toLowerCase() === prefix)
    return start - prefix.length;
  let from = start;
  while (from > 0 && start - from < 2 && OPENING.has(text.charCodeAt(from - 1))) from--;
  return from;
}
