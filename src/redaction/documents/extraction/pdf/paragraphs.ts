import { ITEM, type PageLine } from './page-lines.js';

/** Lines of one paragraph, title or item. */
export interface Paragraph {
  /** Of each, whether the next one goes on in its sentence; the last one's says nothing. */
  readonly lines: { readonly line: PageLine; isJoined: boolean }[];
  readonly size: number;
  readonly weight: number;
  /** Nothing else stands beside it. */
  readonly isAlone: boolean;
}

const STARTS_LOWER = /^["'“‘(]?\p{Ll}/u;
const ENDS_OPEN = /[\p{Ll},]$/u;
const WORD = /^\S+/;

/** Shares of a font's size. */
const SAME_BASELINE = 0.3;
const INDENT = 0.8;
const BLANK = 0.3;
/** Lines of one paragraph are this much farther apart than most at the most. */
const WIDER = 1.3;
/** Usual distance of lines, and the largest that is one, in sizes of the font. */
const LEADING = 1.2;
const LARGEST_LEADING = 2.6;
const SAME_SIZE = 0.08;
export const BOLDER = 1.35;

type Link = 'joined' | 'line' | 'apart';

/** The paragraphs of a page's lines. */
export function paragraphsOf(lines: readonly PageLine[]): Paragraph[] {
  const widths = columnEnds(lines);
  const leading = leadingOf(lines);
  const beside = besides(lines);
  const paragraphs: Paragraph[] = [];
  let open: Paragraph | undefined;
  for (const [index, line] of lines.entries()) {
    const before = open?.lines.at(-1);
    const link =
      before === undefined
        ? 'apart'
        : linkOf(before.line, line, {
            leading: leading * before.line.size,
            columnEnd: widths[index - 1] ?? 0,
            isFirst: open?.lines.length === 1,
          });
    if (open === undefined || before === undefined || link === 'apart') {
      open = { lines: [], size: line.size, weight: line.weight, isAlone: !beside.has(index) };
      paragraphs.push(open);
    } else before.isJoined = link === 'joined';
    open.lines.push({ line, isJoined: false });
  }
  return paragraphs;
}

interface Surroundings {
  /** Usual distance of two lines. */
  readonly leading: number;
  /** How far lines of this column reach. */
  readonly columnEnd: number;
  /** The line is the first of its paragraph. */
  readonly isFirst: boolean;
}

function linkOf(line: PageLine, next: PageLine, { leading, columnEnd, isFirst }: Surroundings): Link {
  const em = line.size;
  const down = line.y - next.y;
  const isOtherFont =
    Math.abs(next.size - em) > em * SAME_SIZE || isBolder(line, next) || isBolder(next, line);
  if (isOtherFont && !line.isHyphenated) return 'apart';
  const goesOn = line.isHyphenated || (ENDS_OPEN.test(line.text) && STARTS_LOWER.test(next.text));
  // A text goes on at the top of its next column.
  if (down < -em) return goesOn ? 'joined' : 'apart';
  if (down < em * SAME_BASELINE || down > leading * WIDER) return line.isHyphenated ? 'joined' : 'apart';
  if (ITEM.test(next.text)) return 'apart';
  if (goesOn) return 'joined';
  const isItem = ITEM.test(line.text);
  const indent = next.x - line.x;
  if (indent > em * INDENT && !(isFirst && isItem)) return 'apart';
  if (indent < -em * INDENT && (!isFirst || isItem)) return 'apart';
  return isFull(line, next, columnEnd) ? 'joined' : 'line';
}

const isBolder = (line: PageLine, other: PageLine): boolean =>
  line.weight > 0 && other.weight > 0 && line.weight >= other.weight * BOLDER;

/** The next line's first word would not have fitted. */
function isFull(line: PageLine, next: PageLine, columnEnd: number): boolean {
  const letter = (line.right - line.x) / Math.max(1, line.text.length);
  const word = (WORD.exec(next.text)?.[0].length ?? 0) * letter;
  return line.right + line.size * BLANK + word > columnEnd;
}

/** Of each line, how far the lines of its column reach: a column is what is read from top to bottom. */
function columnEnds(lines: readonly PageLine[]): number[] {
  const ends: number[] = [];
  let start = 0;
  for (let index = 1; index <= lines.length; index++) {
    const [before, line] = [lines[index - 1], lines[index]];
    if (before !== undefined && line !== undefined && line.y <= before.y + before.size) continue;
    let end = 0;
    for (let at = start; at < index; at++) end = Math.max(end, lines[at]?.right ?? 0);
    for (let at = start; at < index; at++) ends.push(end);
    start = index;
  }
  return ends;
}

/** Most frequent distance of two lines, in sizes of their font. */
function leadingOf(lines: readonly PageLine[]): number {
  const counts = new Map<number, number>();
  let [usual, most] = [LEADING, 1];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (next === undefined || line.size <= 0 || Math.abs(next.size - line.size) > line.size * SAME_SIZE)
      continue;
    const distance = Math.round(((line.y - next.y) / line.size) * 20) / 20;
    if (distance < SAME_BASELINE || distance > LARGEST_LEADING) continue;
    const count = (counts.get(distance) ?? 0) + 1;
    counts.set(distance, count);
    if (count > most || (count === most && distance < usual)) [usual, most] = [distance, count];
  }
  return usual;
}

/** Indexes of lines that have another one beside them, as cells of tables have. */
function besides(lines: readonly PageLine[]): ReadonlySet<number> {
  const order = Array.from(lines.keys()).sort((a, b) => (lines[a]?.y ?? 0) - (lines[b]?.y ?? 0));
  const found = new Set<number>();
  for (const [at, index] of order.entries()) {
    const before = order[at - 1];
    const [line, lower] = [lines[index], before === undefined ? undefined : lines[before]];
    if (line === undefined || lower === undefined || before === undefined) continue;
    if (line.y - lower.y < SAME_BASELINE * line.size) found.add(index).add(before);
  }
  return found;
}
