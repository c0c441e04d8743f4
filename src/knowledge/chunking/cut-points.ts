const BLANK = /\s/;
/** A mark or joiner that belongs to the character before it. */
const CONTINUES = /\p{M}|\u200d|\ufe0f/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A part of a text, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A part of a text without blanks at either end; undefined when there is nothing else. */
export function trimmed(text: string, start: number, end: number): Range | undefined {
  let [from, to] = [start, end];
  while (from < to && BLANK.test(text.charAt(from))) from++;
  while (to > from && BLANK.test(text.charAt(to - 1))) to--;
  return from < to ? { start: from, end: to } : undefined;
}

/** A part of a text in parts of a size: cut at blanks where that leaves at least half of it, else between characters. */
export function* cutToSize(text: string, { start, end }: Range, size: number): Generator<Range, void> {
  let from = start;
  while (end - from > size) {
    const cut = cutPoint(text, from, size);
    const part = trimmed(text, from, cut);
    if (part !== undefined) yield part;
    from = cut;
    while (from < end && BLANK.test(text.charAt(from))) from++;
  }
  const rest = trimmed(text, from, end);
  if (rest !== undefined) yield rest;
}

function cutPoint(text: string, from: number, size: number): number {
  const most = from + size;
  for (let at = most; at > from + size / 2; at--) {
    if (BLANK.test(text.charAt(at)) && !CONTINUES.test(text.charAt(at + 1))) return at;
  }
  return betweenCharacters(text, from, most);
}

/** The last place up to one that parts neither a character nor, where that is possible, what is seen as one. */
export function betweenCharacters(text: string, from: number, most: number): number {
  const whole = graphemes.segment(text.slice(from, most + 16)).containing(most - from);
  if (whole !== undefined && whole.index > 0) return from + whole.index;
  const code = text.charCodeAt(most);
  return code >= 0xdc00 && code <= 0xdfff && most > from + 1 ? most - 1 : most;
}
