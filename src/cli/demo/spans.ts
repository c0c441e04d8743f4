/** A piece of text, with the type of personal data it is or stands for. */
export interface Span {
  readonly text: string;
  readonly type?: string;
}

/** A stretch of one value, in code points, end exclusive. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

/** Cuts a value at its marks, which must be in order and apart. Empty pieces are left out. */
export function spansOf(value: string, marks: readonly Mark[]): Span[] {
  const points = [...value];
  const slice = (from: number, to: number): string => points.slice(from, to).join('');
  const spans: Span[] = [];
  let at = 0;
  for (const { start, end, type } of marks) {
    spans.push({ text: slice(at, start) }, { text: slice(start, end), type });
    at = end;
  }
  spans.push({ text: slice(at, points.length) });
  return spans.filter(({ text }) => text !== '');
}

/** The lines of a text given in spans; a span with a line break in it goes on, of the same type, on the next line. */
export function linesOf(spans: readonly Span[]): Span[][] {
  const lines: Span[][] = [[]];
  for (const span of spans) {
    for (const [index, text] of span.text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...span, text });
    }
  }
  return lines;
}

const lengthOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, { text }) => sum + [...text].length, 0);

/** Words and the blanks between them; a word longer than a line is cut. */
function piecesOf(line: readonly Span[], width: number): Span[] {
  const piece = new RegExp(`\\s+|\\S{1,${width}}`, 'gu');
  return line.flatMap((span) => (span.text.match(piece) ?? []).map((text) => ({ ...span, text })));
}

const isBlank = (piece: Span | undefined): boolean => piece !== undefined && piece.text.trim() === '';

function withoutBlankEnd(line: Span[]): Span[] {
  return isBlank(line.at(-1)) ? line.slice(0, -1) : line;
}

/**
 * Breaks one line at blanks so that no part is longer than `width` code points. Parts after the first are indented as
 * the line is.
 */
export function wrap(line: readonly Span[], width: number): Span[][] {
  if (lengthOf(line) <= width) return [[...line]];
  const indent = /^\s*/.exec(line[0]?.text ?? '')?.[0].slice(0, Math.floor(width / 2)) ?? '';
  const lines: Span[][] = [[]];
  for (const piece of piecesOf(line, width - indent.length)) {
    const current = lines.at(-1) ?? [];
    if (lengthOf([...current, piece]) <= width) current.push(piece);
    else if (!isBlank(piece)) lines.push([{ text: indent }, piece]);
  }
  return lines.map(withoutBlankEnd);
}
