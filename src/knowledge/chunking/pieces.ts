import { type Sentence, sentencesOf } from '../retrieval/sentences.js';
import type { ChunkedDocument } from './chunk.js';
import { cutToSize, type Range, trimmed } from './cut-points.js';

/** A part of a text that is never cut again. */
export interface Piece extends Range {
  /** A title by itself, which wants something below it. */
  readonly isTitle: boolean;
  /** A row of a table, by the table's index; −1 for any other text. */
  readonly table: number;
  /** A line that parts what is above it from what is below. */
  readonly isRule: boolean;
}

const RULE = /^(?:[-=*_~]\s?){3,}$/;
/** Ends of sentences after which no blank stands. */
const UNSPACED_END = /[。！？」』”）]/;

/**
 * A text in pieces that fit: blocks where they do, else sentences, else what can be cut at blanks, and rows of tables. In
 * order; together they hold everything but blanks.
 * @param borders ascending; no piece reaches over one
 */
export function* piecesOf(
  { text, tables = [] }: ChunkedDocument,
  borders: readonly number[],
  size: number,
): Generator<Piece, void> {
  let at = 0;
  for (const [index, table] of tables.entries()) {
    yield* textPieces(text, at, table.start, borders, size);
    yield* rowPieces(text, table, index, size);
    at = table.end;
  }
  yield* textPieces(text, at, text.length, borders, size);
}

function* rowPieces(
  text: string,
  { start, end }: Range,
  table: number,
  size: number,
): Generator<Piece, void> {
  for (let from = start; from < end; ) {
    const newline = text.indexOf('\n', from);
    const stop = newline < 0 || newline > end ? end : newline;
    const row = trimmed(text, from, stop);
    if (row !== undefined)
      for (const part of cutToSize(text, row, size)) yield { ...part, isTitle: false, table, isRule: false };
    from = stop + 1;
  }
}

function* textPieces(
  text: string,
  from: number,
  to: number,
  borders: readonly number[],
  size: number,
): Generator<Piece, void> {
  if (from >= to) return;
  const part = from === 0 && to === text.length ? text : text.slice(from, to);
  let border = firstAfter(borders, from);
  let block: Sentence[] = [];
  for (const found of sentencesOf(part)) {
    const sentence = { ...found, start: found.start + from, end: found.end + from };
    const last = block.at(-1);
    if (last !== undefined && last.block !== sentence.block) {
      yield* blockPieces(text, block, size);
      block = [];
    }
    // A border within a sentence parts it, and the block around it.
    let start = sentence.start;
    for (let at = borders[border]; at !== undefined && at < sentence.end; at = borders[++border]) {
      const before = at > start ? trimmed(text, start, at) : undefined;
      if (before !== undefined) block.push({ ...sentence, ...before });
      if (block.length > 0) yield* blockPieces(text, block, size);
      block = [];
      start = Math.max(start, at);
    }
    const rest = trimmed(text, start, sentence.end);
    if (rest !== undefined) block.push({ ...sentence, ...rest });
  }
  if (block.length > 0) yield* blockPieces(text, block, size);
}

function* blockPieces(text: string, sentences: readonly Sentence[], size: number): Generator<Piece, void> {
  const first = sentences[0];
  const start = first?.start ?? 0;
  const end = sentences.at(-1)?.end ?? start;
  const piece = { isTitle: first?.kind === 'heading', table: -1, isRule: false };
  if (end - start <= size) {
    yield { ...piece, start, end, isRule: end - start < 200 && RULE.test(text.slice(start, end)) };
    return;
  }
  for (const range of wholes(text, sentences)) {
    for (const part of cutToSize(text, range, size)) yield { ...piece, ...part };
  }
}

/** Sentences, those that were only cut because they are long put together again. */
function* wholes(text: string, sentences: readonly Range[]): Generator<Range, void> {
  let open: Range | undefined;
  for (const { start, end } of sentences) {
    if (open !== undefined && open.end === start && !UNSPACED_END.test(text.charAt(start - 1))) {
      open = { start: open.start, end };
      continue;
    }
    if (open !== undefined) yield open;
    open = { start, end };
  }
  if (open !== undefined) yield open;
}

/** Index of the first of ascending numbers that is greater. */
export function firstAfter(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
