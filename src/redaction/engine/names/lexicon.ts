import { AMBIGUOUS_NAMES, EXCLUSIONS, NOT_PERSON_ENDINGS, PLAIN_NAMES, STOP_WORDS } from './exclusions.js';
import { CITIES, COMMON_WORDS, COUNTRIES, FIRST_NAMES, LAST_NAMES } from './names.generated.js';

export const FIRST = 1;
export const LAST = 2;
/** An English word in its own right. */
export const COMMON = 4;
export const PLACE = 8;
/** Ends the name of an organization, a street or a work. */
export const ENDING = 16;
/** A name that is also a word, and needs a second cue. */
export const AMBIGUOUS = 32;

const NAMED = FIRST | LAST;
const COMBINING_MARKS = /\p{M}+/gu;
const ASCII_ONLY = /^[\0-\x7f]*$/;
const WITHOUT_DECOMPOSITION: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/**
 * Endings of English words that no list of names explains: `-tion`, `-ness`, `-ally`, … Only asked about words that
 * stand in no list.
 */
const ENGLISH_ENDING =
  /(?:[ts]ions?|ments?|ness|ities|ity|ings?|ables?|ibles?|ful|less|ously|ous|ives?|ally|ized?|izes|izer|ises?|ists?|isms?|ships?|wards?|ology|ologies|graphy|ances?|ences?|ants?|ents?|ical|ics|ated|ates?|ators?|ured?|ures?|ively|ingly|edly|ware|works?)$/;

let flagsByWord: Map<string, number> | undefined;

/** Flags of a lower-cased word; zero when it stands in no list. Spelt with or without its accents. */
export function lookUpName(word: string): number {
  flagsByWord ??= buildLexicon();
  const flags = flagsByWord.get(word);
  if (flags !== undefined) return flags;
  if (!ASCII_ONLY.test(word)) {
    const plain = flagsByWord.get(withoutAccents(word));
    if (plain !== undefined) return plain;
  }
  return word.length > 5 && ENGLISH_ENDING.test(word) ? COMMON : 0;
}

/** Builds the lexicon ahead of the first look-up (some 20 ms). */
export function warmLexicon(): void {
  flagsByWord ??= buildLexicon();
}

export function withoutAccents(word: string): string {
  const bare = word.normalize('NFD').replaceAll(COMBINING_MARKS, '');
  return bare.replaceAll(/[øłđðþßæœı]/g, (letter) => WITHOUT_DECOMPOSITION[letter] ?? letter);
}

function buildLexicon(): Map<string, number> {
  const lexicon = new Map<string, number>();
  addWords(lexicon, FIRST_NAMES, FIRST);
  addWords(lexicon, LAST_NAMES, LAST);
  addWords(lexicon, CITIES, PLACE);
  addWords(lexicon, COUNTRIES, PLACE);
  addWords(lexicon, COMMON_WORDS, COMMON);
  for (const country of COUNTRIES.split(' ')) {
    const flags = lexicon.get(country) ?? 0;
    if ((flags & NAMED) !== 0) lexicon.set(country, flags | AMBIGUOUS);
  }
  addWords(lexicon, EXCLUSIONS, COMMON);
  for (const name of PLAIN_NAMES.split(' ')) lexicon.set(name, (lexicon.get(name) ?? FIRST) & ~COMMON);
  addWords(lexicon, NOT_PERSON_ENDINGS, ENDING);
  for (const word of STOP_WORDS.split(/\s+/)) lexicon.set(word, COMMON);
  markAmbiguous(lexicon);
  return lexicon;
}

/** Hand-picked names that are words too: names even where the lists lack them, and no plain words. */
function markAmbiguous(lexicon: Map<string, number>): void {
  for (const word of AMBIGUOUS_NAMES.split(/\s+/)) {
    const flags = ((lexicon.get(word) ?? 0) & ~COMMON) | AMBIGUOUS;
    if (word !== '') lexicon.set(word, (flags & NAMED) === 0 ? flags | LAST : flags);
  }
}

function addWords(lexicon: Map<string, number>, words: string, flag: number): void {
  for (const word of words.split(/\s+/)) {
    if (word === '') continue;
    lexicon.set(word, (lexicon.get(word) ?? 0) | flag);
    if (ASCII_ONLY.test(word)) continue;
    const plain = withoutAccents(word);
    lexicon.set(plain, (lexicon.get(plain) ?? 0) | flag);
  }
}
