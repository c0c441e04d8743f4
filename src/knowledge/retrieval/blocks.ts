/** Lines that belong together: a paragraph, an item of a list, a row of a table, a heading. */
export interface Block {
  /** UTF-16 code units, end exclusive; without blanks at either end. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'text' | 'heading';
  /** Where what it says begins: after the sign of a heading or of an item. */
  readonly body: number;
}

interface Line {
  readonly start: number;
  readonly end: number;
  /** What stands on it, without blanks at either end. */
  readonly text: string;
}

/** `- `, `* `, `• `, `1. `, `2) `, `(a) `, `> ` */
const ITEM = /^(?:[-*+•‣◦–—>]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+(?=\S)/u;
const HEADING = /^#{1,6}\s+(?=\S)/;
const RULE = /^(?:[-=*_~]\s?){3,}$/;
const ROW = /^\|/;
const LABEL = /^\p{Lu}[\p{L}\p{N} /&-]{0,40}:(?:\s|$)/u;
const ENDS_SENTENCE = /[.!?…。！？;,]["'”’)\]»]*$/u;

/** Nobody wraps lines by hand below the one, or above the other. */
const NARROWEST = 40;
const WIDEST = 160;
const LONGEST_HEADING = 80;

/** A longer paragraph is a log or a list, and is read in parts. */
const MOST_LINES = 1_000;

/** Lines with something on them, and one empty one for all that part two of them. */
function* linesOf(text: string): Generator<Line, void> {
  const visible = /\S/g;
  for (let from = 0; from < text.length; ) {
    visible.lastIndex = from;
    const start = visible.exec(text)?.index;
    if (start === undefined) return;
    if (text.slice(from, start).includes('\n')) yield { start: from, end: from, text: '' };
    const at = text.indexOf('\n', start);
    const stop = at < 0 ? text.length : at;
    const line = text.slice(start, stop).trimEnd();
    yield { start, end: start + line.length, text: line };
    from = stop + 1;
  }
}

const firstWordLength = (text: string): number => /^\S*/.exec(text)?.[0].length ?? 0;

/**
 * Whether a sentence may go on from one line to the next: where lines are wrapped at a width, one ends early only
 * when the next word would not have fitted.
 */
function goesOn(line: Line, next: Line, width: number): boolean {
  if (ITEM.test(next.text) || HEADING.test(next.text) || RULE.test(next.text) || ROW.test(next.text))
    return false;
  if (HEADING.test(line.text) || RULE.test(line.text) || ROW.test(line.text)) return false;
  if (/^\p{Ll}/u.test(next.text)) return true;
  if (LABEL.test(next.text) || width < NARROWEST || width > WIDEST) return false;
  return line.text.length + 1 + firstWordLength(next.text) > width;
}

/** A short line by itself, which does not end as sentences do, above something else. */
function isHeading(lines: readonly Line[], isLastOfText: boolean): boolean {
  const [line] = lines;
  if (!line || lines.length > 1) return false;
  if (HEADING.test(line.text)) return true;
  if (isLastOfText || line.text.length > LONGEST_HEADING || ITEM.test(line.text) || ROW.test(line.text))
    return false;
  return line.text.endsWith(':') || !(ENDS_SENTENCE.test(line.text) || LABEL.test(line.text));
}

const signLength = (text: string): number => (HEADING.exec(text) ?? ITEM.exec(text))?.[0].length ?? 0;

function blockOf(lines: readonly Line[], kind: Block['kind']): Block {
  const [first] = lines;
  const start = first?.start ?? 0;
  return { start, end: lines.at(-1)?.end ?? start, kind, body: start + signLength(first?.text ?? '') };
}

/** The blocks of a paragraph, which is what stands between blank lines. */
function* blocksOfParagraph(lines: readonly Line[], isLastOfText: boolean): Generator<Block, void> {
  const width = lines.reduce((longest, { text }) => Math.max(longest, text.length), 0);
  let block: Line[] = [];
  for (const [index, line] of lines.entries()) {
    block.push(line);
    const next = lines[index + 1];
    if (next && goesOn(line, next, width)) continue;
    const isAlone = lines.length === block.length || (line.text.endsWith(':') && next !== undefined);
    const isUnderlined = next !== undefined && RULE.test(next.text);
    const isTitle =
      (isAlone || isUnderlined || HEADING.test(line.text)) && isHeading(block, isLastOfText && !next);
    yield blockOf(block, isTitle ? 'heading' : 'text');
    block = [];
  }
}

/** The blocks of a text in order; together they hold everything but blanks. Time grows with the text's length. */
export function* blocksOf(text: string): Generator<Block, void> {
  const lastEnd = text.trimEnd().length;
  let paragraph: Line[] = [];
  for (const line of linesOf(text)) {
    if (line.text !== '') paragraph.push(line);
    const { length } = paragraph;
    if (length === MOST_LINES || (length > 0 && line.text === '')) {
      yield* blocksOfParagraph(paragraph, paragraph.at(-1)?.end === lastEnd);
      paragraph = [];
    }
  }
  if (paragraph.length > 0) yield* blocksOfParagraph(paragraph, true);
}
