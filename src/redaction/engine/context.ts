import { isDigit, isWord } from './characters.js';
import type { LabelContext } from './labels.js';

const WORDS_BEFORE = 5;
const WORDS_AFTER = 3;
const REACH = 96;
const LONGEST_WORD = 32;
const VOTED = { direction: 1, place: 'column' } as const;

/** Words that speak for (`1`) or against (`-1`) a type, lower-cased. */
export type ContextWords = ReadonlyMap<string, 1 | -1>;

/** Where a context word stands: near the span, in a label of the value, or nowhere, when the rest of a column speaks. */
export type ContextPlace = 'before' | 'after' | 'label' | 'column';

export interface ContextHit {
  /** Absent when a column speaks. */
  readonly word?: string;
  readonly direction: 1 | -1;
  readonly place: ContextPlace;
}

/** Builds a list from space-separated words. */
export function contextWords(forIt: string, againstIt = ''): ContextWords {
  const words = new Map<string, 1 | -1>();
  for (const word of split(forIt)) words.set(word, 1);
  for (const word of split(againstIt)) words.set(word, -1);
  return words;
}

function split(words: string): string[] {
  return words.split(/\s+/).filter((word) => word !== '');
}

/**
 * What decides about a span: the nearest context word of the five before it, else one in the value's labels, else that
 * its column holds the rule's type, else the nearest of the three words after it on the same line. The way Presidio
 * weighs context, but on whole words and on both sides.
 */
export function findContext(
  text: string,
  start: number,
  end: number,
  { type, context }: { readonly type: string; readonly context?: ContextWords },
  labels: LabelContext,
): ContextHit | undefined {
  if (context === undefined) return labels.votes.has(type) ? VOTED : undefined;
  return (
    before(text, start, context) ??
    inLabels(context, labels) ??
    (labels.votes.has(type) ? VOTED : after(text, end, context))
  );
}

function before(text: string, start: number, words: ContextWords): ContextHit | undefined {
  const limit = Math.max(0, start - REACH);
  let at = start;
  for (let count = 0; count < WORDS_BEFORE; count++) {
    while (at > limit && !isWord(text.charCodeAt(at - 1))) at--;
    const wordEnd = at;
    while (at > limit && isWord(text.charCodeAt(at - 1))) at--;
    if (at === wordEnd) return undefined;
    const hit = lookUp(text, at, wordEnd, words, 'before');
    if (hit !== undefined) return hit;
  }
  return undefined;
}

function after(text: string, end: number, words: ContextWords): ContextHit | undefined {
  const limit = Math.min(text.length, end + REACH);
  let at = end;
  for (let count = 0; count < WORDS_AFTER; count++) {
    while (at < limit && !isWord(text.charCodeAt(at))) {
      if (text.charCodeAt(at) === 10) return undefined;
      at++;
    }
    const wordStart = at;
    while (at < limit && isWord(text.charCodeAt(at))) at++;
    if (at === wordStart) return undefined;
    const hit = lookUp(text, wordStart, at, words, 'after');
    if (hit !== undefined) return hit;
  }
  return undefined;
}

function inLabels(words: ContextWords, labels: LabelContext): ContextHit | undefined {
  for (const word of labels.words) {
    const direction = words.get(word);
    if (direction !== undefined) return { word, direction, place: 'label' };
  }
  return undefined;
}

function lookUp(
  text: string,
  start: number,
  end: number,
  words: ContextWords,
  place: ContextPlace,
): ContextHit | undefined {
  if (end - start > LONGEST_WORD || isDigit(text.charCodeAt(start))) return undefined;
  const word = text.slice(start, end).toLowerCase();
  const direction = words.get(word);
  return direction === undefined ? undefined : { word, direction, place };
}
