import { type Span, wrap } from './spans.js';

export interface Column {
  readonly title: string;
  readonly spans: readonly Span[];
}

const GAP = '   ';

const lengthOf = (line: readonly Span[]): number => line.reduce((sum, { text }) => sum + [...text].length, 0);

/**
 * Two texts beside each other, each wrapped to half of the width.
 * @param paint shows a piece of text by its type
 * @param width columns of the terminal that both may take together
 */
export function sideBySide(
  left: Column,
  right: Column,
  paint: (span: Span) => string,
  width: number,
): string[] {
  const half = Math.floor((width - GAP.length) / 2);
  const leftLines = wrap(left.spans, half);
  const rightLines = wrap(right.spans, half);
  const rows = Array.from({ length: Math.max(leftLines.length, rightLines.length) }, (_, index) => {
    const line = leftLines[index] ?? [];
    const padding = ' '.repeat(half - lengthOf(line));
    return `${line.map(paint).join('')}${padding}${GAP}${(rightLines[index] ?? []).map(paint).join('')}`.trimEnd();
  });
  return [`${left.title.padEnd(half)}${GAP}${right.title}`, ...rows];
}
