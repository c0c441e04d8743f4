import { foldCharacter } from './folding.js';

/** A phrase in quotes of any common kind, or a word. */
const PART = /["“”„«»]([^"“”„«»]*)["“”„«»]|[^\s"“”„«»]+/gu;

/** What stands at a word's ends without belonging to it. */
const ENDS = /^[.,;:!?()[\]]+|[.,;:!?()[\]]+$/gu;

/**
 * What to look for: words and phrases as they are compared, each once, in the order given. Empty when nothing is left of the
 * query. A quote that is not closed is none.
 */
export function termsOf(query: string): string[] {
  const terms = [...query.matchAll(PART)].map(([part, phrase]) =>
    phrase === undefined ? fold(part.replaceAll(ENDS, '') || part) : fold(phrase),
  );
  return [...new Set(terms)].filter((term) => term !== '');
}

const fold = (text: string): string => Array.from(text, foldCharacter).join('').replaceAll(/ +/g, ' ').trim();
