import { pointEndsSentence } from './abbreviations.js';
import { type Block, blocksOf } from './blocks.js';

/** A sentence, heading or item of a list as it stands in a text. Offsets are UTF-16 code units, end exclusive. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  /** Where what it says begins: after the sign of a heading or of an item. */
  readonly body: number;
  readonly kind: 'text' | 'heading';
  /** Counts the blocks (paragraphs, items, headings) of the text from 0. */
  readonly block: number;
}

/** What may end a sentence, with the quotes and brackets that close after it. */
const END = /(?:(?<![.!?…])[.!?…]+["'”’»)\]*_]*(?=\s|$)|[。！？]+[」』”）]*)/gu;

/** Longer ones, such as logs without points, are cut at a blank. */
const LONGEST_SENTENCE = 1_000;
const LONGEST_WORD = 40;

/** The word before a point: back to a blank or an opening sign. */
function wordBefore(text: string, from: number, point: number): string {
  let at = point;
  const least = Math.max(from, point - LONGEST_WORD);
  while (at > least && !/[\s("'“‘«[]/.test(text.charAt(at - 1))) at--;
  return text.slice(at, point);
}

/** Whether the sentence ends at what may end it. */
function endsAt(text: string, { start, end, body }: Block, at: number, mark: string): boolean {
  let nextAt = at + mark.length;
  while (nextAt < end && /\s/.test(text.charAt(nextAt))) nextAt++;
  if (nextAt >= end) return true;
  if (/^[。！？]/.test(mark)) return true;
  const next = text.slice(nextAt, nextAt + LONGEST_WORD).replace(/^["'“‘«([*_]+/, '');
  if (/^\p{Ll}/u.test(next) && !/^\p{Ll}+\p{Lu}/u.test(next)) return false;
  if (!/^\.["'”’»)\]*_]*$/.test(mark)) return true;
  const word = wordBefore(text, start, at);
  if (at <= body + 3 && /^\d{1,3}$/.test(word)) return false;
  return pointEndsSentence(word, next);
}

/** Where to cut what is too long: after its last blank that fits, else between two characters. */
function cutOf(text: string, start: number): number {
  const most = start + LONGEST_SENTENCE;
  for (let at = most; at > start + LONGEST_SENTENCE / 2; at--) if (/\s/.test(text.charAt(at))) return at;
  const code = text.charCodeAt(most);
  return code >= 0xdc00 && code <= 0xdfff ? most - 1 : most;
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\s/.test(text.charAt(at))) at++;
  return at;
}

/** A stretch without a sentence's end inside, in parts that are not too long. */
function* partsOf(text: string, start: number, end: number): Generator<readonly [number, number], void> {
  let from = start;
  while (end - from > LONGEST_SENTENCE) {
    const cut = cutOf(text, from);
    yield [from, cut];
    from = skipBlanks(text, cut, end);
  }
  if (from < end) yield [from, end];
}

function* stretchesOf(text: string, block: Block): Generator<readonly [number, number], void> {
  let from = block.start;
  if (block.kind === 'text') {
    const offset = block.body;
    for (const { 0: mark, index } of text.slice(offset, block.end).matchAll(END)) {
      const at = offset + index;
      if (!endsAt(text, block, at, mark)) continue;
      yield* partsOf(text, from, at + mark.length);
      from = skipBlanks(text, at + mark.length, block.end);
    }
  }
  yield* partsOf(text, from, block.end);
}

/**
 * The sentences of a text in order. They do not overlap, hold everything but the blanks between them, and are found in time
 * that grows with the text's length. Points of abbreviations, initials, decimals and list numbers end none; line breaks do
 * where a list, a heading or a line of its own begins, and do not where lines are only wrapped.
 */
export function* sentencesOf(text: string): Generator<Sentence, void> {
  let number = 0;
  for (const block of blocksOf(text)) {
    for (const [start, end] of stretchesOf(text, block))
      yield { start, end, body: start === block.start ? block.body : start, kind: block.kind, block: number };
    number += 1;
  }
}
