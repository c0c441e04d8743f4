import { flagsOf, isNameAndWord, isPlainWord } from '../names/tagger/gazetteer.js';

/** Engine names of what is also spelled like a word of the language: Will, Grace, Reading, Nice; and passwords that are one. */
const NAMES: ReadonlySet<string> = new Set(['PERSON', 'LOCATION', 'PASSWORD']);
const LOWER_CASE = /^\p{Ll}+$/u;

/**
 * Whether a place where the value of a name stands again is just that word: in lower case, and one that the lexicon knows as
 * a word. Mister Will goes everywhere, and what people will do stays.
 * @param written as it stands at that place
 * @param type engine name of the value
 */
export function isOrdinaryWord(written: string, type: string): boolean {
  if (!NAMES.has(type) || !LOWER_CASE.test(written)) return false;
  const flags = flagsOf(written);
  return isPlainWord(flags) || isNameAndWord(flags);
}
