import type { Finding } from '../finding.js';

/** Scores of names between these two are no verdict. */
const LEAST = 0.2;
const MOST = 0.8;

const CAPITALISED = /\p{Lu}[\p{L}\p{M}'’-]*/gu;

/**
 * Whether the recognizers of names are unsure of a sentence: they have seen something that may be one or not, or a word with a
 * capital, other than the first, that they have nothing to say about.
 * @param names what they have found in it, reported or not; offsets of the sentence
 */
export function isUnsure(
  sentence: string,
  names: readonly Pick<Finding, 'start' | 'end' | 'score'>[],
): boolean {
  if (names.some(({ score }) => score >= LEAST && score < MOST)) return true;
  for (const { 0: word, index } of sentence.matchAll(CAPITALISED)) {
    const isKnown = names.some(
      ({ start, end, score }) => score >= MOST && start < index + word.length && end > index,
    );
    if (!isKnown && !isBeginning(sentence, index)) return true;
  }
  return false;
}

/** A capital there says nothing. */
const isBeginning = (sentence: string, index: number): boolean =>
  !/[\p{L}\p{N}]/u.test(sentence.slice(0, index));
