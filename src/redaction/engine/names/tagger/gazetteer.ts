import { AMBIGUOUS_NAMES, EXCLUSIONS, PLAIN_NAMES, STOP_WORDS } from '../exclusions.js';
import { CITIES, COMMON_WORDS, COUNTRIES, FIRST_NAMES, LAST_NAMES } from '../names.generated.js';
import { hashWord } from './letters.js';
import {
  CALENDAR_WORDS,
  GROUP_WORDS,
  ORGANIZATION_WORDS,
  STATE_CODES,
  STREET_WORDS,
  TERMS,
  TITLE_WORDS,
  UNIT_WORDS,
} from './word-lists.js';

/** What lists say of a word, as bits. */
export const Flag = {
  First: 1,
  Last: 2,
  Common: 4,
  City: 8,
  Country: 16,
  Group: 32,
  Title: 64,
  Street: 128,
  Unit: 256,
  Organization: 512,
  Calendar: 1_024,
  Stop: 2_048,
  State: 4_096,
  /** A name that is a word too. */
  Ambiguous: 8_192,
  /** A word of headings, menus, logs and products. */
  Term: 16_384,
} as const;

const LISTS: readonly (readonly [string, number])[] = [
  [FIRST_NAMES, Flag.First],
  [LAST_NAMES, Flag.Last],
  [COMMON_WORDS, Flag.Common],
  [CITIES, Flag.City],
  [COUNTRIES, Flag.Country],
  [GROUP_WORDS, Flag.Group],
  [TITLE_WORDS, Flag.Title],
  [STREET_WORDS, Flag.Street],
  [UNIT_WORDS, Flag.Unit],
  [ORGANIZATION_WORDS, Flag.Organization],
  [CALENDAR_WORDS, Flag.Calendar],
  [STOP_WORDS, Flag.Stop],
  [STATE_CODES, Flag.State],
  [AMBIGUOUS_NAMES, Flag.Ambiguous],
  [EXCLUSIONS, Flag.Term],
  [TERMS, Flag.Term],
];

const SLOTS = 1 << 18;

const ASCII_ONLY = /^[\0-\x7f]*$/;
const COMBINING_MARKS = /\p{M}+/gu;
const WITHOUT_DECOMPOSITION: Readonly<Record<string, string>> = {
  ...{ ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' },
};

/**
 * Endings of English words that no list of names explains: `-tion`, `-ness`, `-ally`, … Only asked about words that
 * stand in no list.
 */
const ENGLISH_ENDING =
  /(?:[ts]ions?|ments?|ness|ities|ity|ings?|ables?|ibles?|ful|less|ously|ous|ives?|ally|ized?|izes|izer|ises?|ists?|isms?|ships?|wards?|ology|ologies|graphy|ances?|ences?|ants?|ents?|ical|ics|ated|ates?|ators?|ured?|ures?|ively|ingly|edly|ware|works?)$/;

interface Table {
  readonly keys: Int32Array;
  readonly flags: Uint16Array;
}

let table: Table | undefined;

/** Flags of the word with this hash (see `Tokens`); two words of one hash share theirs. */
export function wordFlags(hash: number): number {
  table ??= build();
  const { keys, flags } = table;
  let slot = hash & (SLOTS - 1);
  for (;;) {
    const key = keys[slot] as number;
    if (key === hash) return flags[slot] as number;
    if (key === 0) return 0;
    slot = (slot + 1) & (SLOTS - 1);
  }
}

/** Flags of a lower-cased word, spelt with or without its accents; words that only look English are `Common`. */
export function flagsOf(word: string): number {
  const own = wordFlags(hashWord(word));
  const flags = own === 0 && !ASCII_ONLY.test(word) ? wordFlags(hashWord(withoutAccents(word))) : own;
  return flags === 0 && word.length > 5 && ENGLISH_ENDING.test(word) ? Flag.Common : flags;
}

/** A word in its own right, whatever lists of names say. */
export const isPlainWord = (flags: number): boolean =>
  (flags & (Flag.Common | Flag.Stop | Flag.Term)) !== 0 && (flags & Flag.Ambiguous) === 0;

/** A name that is a word too, and needs a second cue. */
export const isNameAndWord = (flags: number): boolean => (flags & Flag.Ambiguous) !== 0;

function withoutAccents(word: string): string {
  const bare = word.normalize('NFD').replaceAll(COMBINING_MARKS, '');
  return bare.replaceAll(/[øłđðþßæœı]/g, (letter) => WITHOUT_DECOMPOSITION[letter] ?? letter);
}

/** Builds the table ahead of the first look-up. */
export function warmGazetteer(): void {
  table ??= build();
}

function build(): Table {
  const built: Table = { keys: new Int32Array(SLOTS), flags: new Uint16Array(SLOTS) };
  for (const [words, flag] of LISTS) {
    for (const word of words.split(/\s+/)) {
      if (word === '') continue;
      add(built, word, flag);
      if (!ASCII_ONLY.test(word)) add(built, withoutAccents(word), flag);
    }
  }
  for (const name of PLAIN_NAMES.split(' ')) unmark(built, name, Flag.Common);
  return built;
}

function add({ keys, flags }: Table, word: string, flag: number): void {
  const hash = hashWord(word);
  const slot = slotOf(keys, hash);
  keys[slot] = hash;
  flags[slot] = (flags[slot] as number) | flag;
}

function unmark({ keys, flags }: Table, word: string, flag: number): void {
  const slot = slotOf(keys, hashWord(word));
  flags[slot] = (flags[slot] as number) & ~flag;
}

/** Where the word with this hash stands, or would. */
function slotOf(keys: Int32Array, hash: number): number {
  let slot = hash & (SLOTS - 1);
  while (keys[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & (SLOTS - 1);
  return slot;
}
