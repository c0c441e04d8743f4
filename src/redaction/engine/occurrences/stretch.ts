/** A stretch of a text, in UTF-16 code units, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Spans in order, those that overlap joined: the union is one span, and all else of it is that of its longest member, the
 * first among equals.
 */
export function joinOverlaps<T extends Stretch>(spans: readonly T[]): T[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const joined: T[] = [];
  let longest = 0;
  for (const span of sorted) {
    const last = joined.at(-1);
    const length = span.end - span.start;
    if (last === undefined || span.start >= last.end) {
      joined.push(span);
      longest = length;
      continue;
    }
    const main = length > longest ? span : last;
    longest = Math.max(longest, length);
    joined[joined.length - 1] = { ...main, start: last.start, end: Math.max(last.end, span.end) };
  }
  return joined;
}
