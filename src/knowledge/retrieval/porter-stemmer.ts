/*
 * M. F. Porter, "An algorithm for suffix stripping", Program 14 (3), 1980, pp. 130-137, written from the paper's description. A
 * word is [C](VC){m}[V], where C and V are runs of consonants and vowels; m is its measure. With one exception that the
 * author made later himself, words of one or two letters stay as they are.
 */

const isVowelLetter = (letter: string | undefined): boolean =>
  letter !== undefined && 'aeiou'.includes(letter);

/** A Y is a vowel after a consonant. */
function isConsonant(word: string, at: number): boolean {
  if (isVowelLetter(word[at])) return false;
  if (word[at] !== 'y') return true;
  // Runs of Y alternate, so the walk back is bounded by the run alone.
  let first = at;
  while (first > 0 && word[first - 1] === 'y') first--;
  const isFirstConsonant = first === 0 || isVowelLetter(word[first - 1]);
  return (at - first) % 2 === 0 ? isFirstConsonant : !isFirstConsonant;
}

/** How often a vowel is followed by a consonant. */
function measure(stem: string): number {
  let count = 0;
  for (let at = 1; at < stem.length; at++) if (isConsonant(stem, at) && !isConsonant(stem, at - 1)) count++;
  return count;
}

function hasVowel(stem: string): boolean {
  for (let at = 0; at < stem.length; at++) if (!isConsonant(stem, at)) return true;
  return false;
}

const endsDouble = (word: string): boolean =>
  word.length > 1 && word.at(-1) === word.at(-2) && isConsonant(word, word.length - 1);

/** `*o`: consonant, vowel, consonant, the last none of W, X and Y. */
function endsShort(word: string): boolean {
  const last = word.length - 1;
  if (last < 2 || 'wxy'.includes(word.charAt(last))) return false;
  return isConsonant(word, last) && !isConsonant(word, last - 1) && isConsonant(word, last - 2);
}

const without = (word: string, suffix: string): string => word.slice(0, word.length - suffix.length);

type Rule = readonly [suffix: string, replacement: string];

/** Of the rules whose suffix fits, the one with the longest counts, and is applied when its stem has a measure. */
function applyLongest(word: string, rules: readonly Rule[]): string {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (!rule) return word;
  const stem = without(word, rule[0]);
  return measure(stem) > 0 ? stem + rule[1] : word;
}

/** Plurals. */
function step1a(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return without(word, 'es');
  return word.endsWith('s') && !word.endsWith('ss') ? without(word, 's') : word;
}

/** `-ed` and `-ing`, and what their removal leaves to mend. */
function step1b(word: string): string {
  if (word.endsWith('eed')) return measure(without(word, 'eed')) > 0 ? without(word, 'd') : word;
  const suffix = ['ed', 'ing'].find((ending) => word.endsWith(ending));
  if (suffix === undefined) return word;
  const stem = without(word, suffix);
  if (!hasVowel(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (endsDouble(stem) && !/[lsz]$/.test(stem)) return stem.slice(0, -1);
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem;
}

function step1c(word: string): string {
  return word.endsWith('y') && hasVowel(without(word, 'y')) ? `${without(word, 'y')}i` : word;
}

/** Longest suffixes first, here and below. */
const STEP_2: readonly Rule[] = [
  ['ational', 'ate'],
  ['ization', 'ize'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['entli', 'ent'],
  ['ousli', 'ous'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['abli', 'able'],
  ['alli', 'al'],
  ['ator', 'ate'],
  ['eli', 'e'],
];

const STEP_3: readonly Rule[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];

const STEP_4 = 'ement,ance,ence,able,ible,ment,ant,ent,ism,ate,iti,ous,ive,ize,ion,al,er,ic,ou'.split(',');

function step4(word: string): string {
  const suffix = STEP_4.find((ending) => word.endsWith(ending));
  if (suffix === undefined) return word;
  const stem = without(word, suffix);
  return measure(stem) > 1 && (suffix !== 'ion' || /[st]$/.test(stem)) ? stem : word;
}

function step5(word: string): string {
  let stem = word;
  if (word.endsWith('e')) {
    const rest = without(word, 'e');
    if (measure(rest) > 1 || (measure(rest) === 1 && !endsShort(rest))) stem = rest;
  }
  return stem.endsWith('ll') && measure(stem.slice(0, -1)) > 1 ? stem.slice(0, -1) : stem;
}

const LONGEST_WORD = 64;

/**
 * The stem that English words of one kind share (`connect`, `connected`, `connections`).
 * @param word in lower case; what holds anything but the letters a to z, or is longer than any word, stays as it is
 */
export function stem(word: string): string {
  if (word.length <= 2 || word.length > LONGEST_WORD || !/^[a-z]+$/.test(word)) return word;
  const singular = step1c(step1b(step1a(word)));
  return step5(step4(applyLongest(applyLongest(singular, STEP_2), STEP_3)));
}
