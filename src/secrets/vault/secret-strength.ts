import { halfOf } from '../../platform/fingerprints/hashes.js';

/**
 * Which values are worth looking for in texts. A value that ordinary texts hold too (`localhost:3000`, `production-eu`)
 * would be redacted everywhere; one that is let go leaks. Only the whole of a value is ever found, so doubt counts for
 * looking. Pure.
 */

/** Fewest characters of a value that is looked for. */
export const LEAST_LENGTH = 12;
/** Least strength of a value that is looked for, in bits. */
export const LEAST_BITS = 40;

/** Least strength of a first half that no ordinary text holds by chance, in bits. */
const LEAST_BITS_OF_HALF = 20;

/** What of a value is weighed at most: behind it, everything is strong. */
const WEIGHED = 256;
/** Bits of a letter within a word, and of a whole word: about four words make a passphrase, as with dice (12.9 a word). */
const BITS_OF_WORD_LETTER = 1.6;
const MOST_BITS_OF_WORD = 13;
/** A word again, or a sign again. */
const BITS_OF_REPETITION = 1;
const BITS_OF_DIGIT = Math.log2(10);
/** Of a digit in a number that signs part into groups, such as a date, an address or a telephone number. */
const BITS_OF_GROUPED_DIGIT = 2;
const LEAST_LONE_DIGITS = 13;
const BITS_OF_OTHER = 12;

const LONGEST_WORD = 14;
const WORDS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g;
/** Dates and times tell nothing. */
const MOMENT = /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g;
/** Letters that no word of the languages settings are written in has side by side. */
const UNSPEAKABLE = /[bcdfghjklmnpqrstvwxz]{5}|[aeiouy]{4}|q[^u]|[jvwx][bcdfghjklmnpqrstvwxz]{2}|(.)\1\1/i;

/**
 * Forms that name a place and no secret, as long as words make them up: an address without a password in it, a path, a host,
 * an e-mail address.
 */
const ADDRESS =
  /^(?:[a-z][a-z\d+.-]*:\/\/(?![^/?#]*:[^/?#]*@)|\.{0,2}\/|~\/|[\w.+-]+@[\w-]+\.|[\w-]+(?:\.[\w-]+)+(?:[:/]|$))/i;

/** Whether a value is looked for in texts: at least twelve characters and about 40 bits. */
export const isEligible = (value: string): boolean =>
  value.length >= LEAST_LENGTH && strengthOf(value) >= LEAST_BITS;

/** Where an address leads, up to its path; not a user and what may be the beginning of a password. */
const HOST = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@\s:]*(?::\d{0,5})?(?=[/?#]|$))?/i;
/** JSON web tokens of one issuer begin alike, and ordinary texts hold them. */
const WEB_TOKEN = /^eyJ[\w-]*\.eyJ/;

/**
 * Whether whoever writes the first half of a value knows of it: no ordinary text holds it by chance. Words and hosts tell
 * nothing (`SERVICE_KEY_PRODUCTION_…`).
 */
export function isTelling(value: string): boolean {
  if (WEB_TOKEN.test(value)) return false;
  const half = value.slice(0, halfOf(value.length)).replace(HOST, '');
  return bitsIn(weighedOf(half), false) >= LEAST_BITS_OF_HALF;
}

/**
 * About how many bits somebody would have to guess who knows what such values look like. Words count by their letters up to
 * 13 bits (nothing within an address), generated runs by their alphabet, and whatever was there before hardly at all
 * (after Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016).
 */
export function strengthOf(value: string): number {
  const weighed = weighedOf(value);
  return bitsIn(weighed, !ADDRESS.test(weighed));
}

const weighedOf = (value: string): string => value.slice(0, WEIGHED).replaceAll(MOMENT, '');

function bitsIn(weighed: string, doWordsCount: boolean): number {
  const seen = new Set<string>();
  let bits = 0;
  for (const [run] of weighed.matchAll(/[A-Za-z\d]+|[^A-Za-z\d]/g)) {
    if (seen.has(run.toLowerCase())) bits += isSign(run) ? 0 : BITS_OF_REPETITION;
    else bits += bitsOf(run, doWordsCount);
    seen.add(run.toLowerCase());
  }
  return bits;
}

const isSign = (run: string): boolean => /^[^A-Za-z\d]$/.test(run);

function bitsOf(run: string, doWordsCount: boolean): number {
  if (isSign(run)) return run.charCodeAt(0) < 128 ? BITS_OF_REPETITION : BITS_OF_OTHER;
  if (/^\d+$/.test(run)) return bitsOfNumber(run);
  const parts = run.match(WORDS) ?? [];
  return readsAsWords(parts) ? bitsOfWords(parts, doWordsCount) : bitsOfGenerated(run);
}

const bitsOfNumber = (digits: string): number =>
  novel(digits) * (digits.length >= LEAST_LONE_DIGITS ? BITS_OF_DIGIT : BITS_OF_GROUPED_DIGIT);

/** `staging`, `myAppName`, `Summer2024`, `sha256`: words, and one number at the end. */
function readsAsWords(parts: readonly string[]): boolean {
  const numbers = parts.filter((part) => /\d/.test(part));
  if (numbers.length > 1 || (numbers.length === 1 && numbers[0] !== parts.at(-1))) return false;
  const words = parts.filter((part) => !/\d/.test(part));
  if (words.length === 1 && /^[a-z]+$/.test(words[0] ?? '')) return words.every(isWord);
  return (
    words.every((word) => word.length >= 3 && isWord(word)) && (words.length < 2 || words.every(hasVowel))
  );
}

const isWord = (word: string): boolean =>
  word.length <= LONGEST_WORD && (word.length <= 4 || (hasVowel(word) && !UNSPEAKABLE.test(word)));

const hasVowel = (word: string): boolean => /[aeiouy]/i.test(word);

function bitsOfWords(parts: readonly string[], doWordsCount: boolean): number {
  let bits = 0;
  for (const part of parts) {
    if (/\d/.test(part)) bits += bitsOfNumber(part);
    else if (doWordsCount) bits += Math.min(MOST_BITS_OF_WORD, part.length * BITS_OF_WORD_LETTER);
  }
  return bits;
}

function bitsOfGenerated(run: string): number {
  const alphabet = /^[\da-f]+$|^[\dA-F]+$/.test(run)
    ? 16
    : (/\d/.test(run) ? 10 : 0) + (/[a-z]/.test(run) ? 26 : 0) + (/[A-Z]/.test(run) ? 26 : 0);
  return novel(run) * Math.log2(alphabet);
}

/** How many characters of a run neither go on as the one before (`abc`, `321`, `aaa`) nor repeat three from before. */
function novel(run: string): number {
  let count = 0;
  for (let at = 0; at < run.length; at++) {
    const step = run.charCodeAt(at) - run.charCodeAt(at - 1);
    const goesOn = at > 1 && Math.abs(step) <= 1 && step === run.charCodeAt(at - 1) - run.charCodeAt(at - 2);
    const repeats = at > 2 && run.lastIndexOf(run.slice(at - 2, at + 1), at - 3) >= 0;
    if (!goesOn && !repeats) count++;
  }
  return count;
}
