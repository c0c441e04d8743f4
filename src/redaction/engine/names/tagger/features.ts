import { Shape, type Tokens } from './tokens.js';

/** Rows of the weight table; a feature's row is its hash (Weinberger et al. 2009). */
export const ROW_BITS = 17;
const MASK = (1 << ROW_BITS) - 1;
export const FEATURE_COUNT = 34;

/** Stand-in for the word beyond the first or last token. */
const NO_WORD = 0x3c6ef372;

/** A feature's row, by Murmur3's finalizer (Appleby 2008) over its number and two values. */
function rowOf(feature: number, a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(feature + 1, 0x27d4eb2f), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & MASK;
}

/** Writes the rows of token `i`'s features to `rows` from `offset`. Neighbours are looked at two tokens far. */
export function writeFeatures(tokens: Tokens, i: number, rows: Int32Array, offset: number): void {
  writeWords(tokens, i, rows, offset);
  writeShapes(tokens, i, rows, offset + 15);
  writeLists(tokens, i, rows, offset + 23);
}

/** Words, pairs of them, beginnings and ends of words. */
function writeWords(tokens: Tokens, i: number, rows: Int32Array, offset: number): void {
  const { words, shapes, suffixes, count } = tokens;
  const own = words[i] as number;
  const shape = shapes[i] as number;
  const before = i > 0 ? (words[i - 1] as number) : NO_WORD;
  const second = i > 1 ? (words[i - 2] as number) : NO_WORD;
  const next = i + 1 < count ? (words[i + 1] as number) : NO_WORD;
  const third = i + 2 < count ? (words[i + 2] as number) : NO_WORD;
  let at = offset;
  rows[at++] = rowOf(0, own, 0);
  rows[at++] = rowOf(1, before, 0);
  rows[at++] = rowOf(2, next, 0);
  rows[at++] = rowOf(3, second, 0);
  rows[at++] = rowOf(4, third, 0);
  rows[at++] = rowOf(5, before, own);
  rows[at++] = rowOf(6, own, next);
  rows[at++] = rowOf(7, second, before);
  rows[at++] = rowOf(8, next, third);
  rows[at++] = rowOf(9, suffixes[i] as number, shape);
  rows[at++] = rowOf(10, tokens.shortSuffixes[i] as number, shape);
  rows[at++] = rowOf(11, tokens.prefixes[i] as number, shape);
  rows[at++] = rowOf(12, i > 0 ? (suffixes[i - 1] as number) : 0, shape);
  rows[at++] = rowOf(13, i + 1 < count ? (suffixes[i + 1] as number) : 0, shape);
  rows[at] = rowOf(14, suffixes[i] as number, i > 0 ? (tokens.flags[i - 1] as number) : 0);
}

/** Shapes of the neighbourhood, alone and beside words. */
function writeShapes(tokens: Tokens, i: number, rows: Int32Array, offset: number): void {
  const { words, shapes, count } = tokens;
  const own = shapes[i] as number;
  const before = i > 0 ? (shapes[i - 1] as number) : Shape.None;
  const second = i > 1 ? (shapes[i - 2] as number) : Shape.None;
  const next = i + 1 < count ? (shapes[i + 1] as number) : Shape.None;
  const third = i + 2 < count ? (shapes[i + 2] as number) : Shape.None;
  const wordBefore = i > 0 ? (words[i - 1] as number) : NO_WORD;
  const around = (before << 10) | (own << 5) | next;
  const left = (second << 10) | (before << 5) | own;
  let at = offset;
  rows[at++] = rowOf(15, around, 0);
  rows[at++] = rowOf(16, left, 0);
  rows[at++] = rowOf(17, (own << 10) | (next << 5) | third, 0);
  rows[at++] = rowOf(18, left, (next << 5) | third);
  rows[at++] = rowOf(19, wordBefore, own);
  rows[at++] = rowOf(20, wordBefore, (own << 5) | next);
  rows[at++] = rowOf(21, i > 1 ? (words[i - 2] as number) : NO_WORD, around);
  rows[at] = rowOf(22, i + 2 < count ? (words[i + 2] as number) : NO_WORD, around);
}

/** What lists say of the neighbourhood, alone and beside words and shapes. */
function writeLists(tokens: Tokens, i: number, rows: Int32Array, offset: number): void {
  const { words, shapes, flags, count } = tokens;
  const own = flags[i] as number;
  const shape = shapes[i] as number;
  const before = i > 0 ? (flags[i - 1] as number) : 0;
  const next = i + 1 < count ? (flags[i + 1] as number) : 0;
  const wordNext = i + 1 < count ? (words[i + 1] as number) : NO_WORD;
  const shapeBefore = i > 0 ? (shapes[i - 1] as number) : Shape.None;
  const shapeNext = i + 1 < count ? (shapes[i + 1] as number) : Shape.None;
  let at = offset;
  rows[at++] = rowOf(23, own, shape);
  rows[at++] = rowOf(24, before, own);
  rows[at++] = rowOf(25, own, next);
  rows[at++] = rowOf(26, (before << 16) | next, own);
  rows[at++] = rowOf(27, i > 0 ? (words[i - 1] as number) : NO_WORD, own);
  rows[at++] = rowOf(28, wordNext, own);
  rows[at++] = rowOf(29, wordNext, shape);
  rows[at++] = rowOf(30, ((i > 1 ? (flags[i - 2] as number) : 0) << 16) | before, shape);
  rows[at++] = rowOf(31, (next << 16) | (i + 2 < count ? (flags[i + 2] as number) : 0), shape);
  rows[at++] = rowOf(32, (own << 1) | (tokens.spaced[i] as number), shapeBefore);
  rows[at] = rowOf(33, own, (shapeBefore << 10) | (shape << 5) | shapeNext);
}
