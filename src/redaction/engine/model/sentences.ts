/** A stretch of a text; UTF-16 code units, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Longer ones are cut at a blank: no writer means them to be read at once. */
const LONGEST = 1_000;

/** Ends of sentences: their sign and what closes behind it, before white space; or the end of a line. */
const END = /[.!?…]+["'”’»)\]]*(?=\s)|[。！？]|\n/gu;

/** What a full stop shortens, or an initial. */
const SHORTENED =
  /(?:^|[\s(])(?:\p{Lu}|Mr|Mrs|Ms|Mx|Dr|Prof|St|Sr|Jr|Rev|Hon|Capt|Sgt|Lt|Col|Gen|vs|etc|e\.g|i\.e|No|Nr|Inc|Ltd|Co|Corp|bzw|z\.B|ca)\.$/u;

/** The sentences of a text in order, without the white space around them. */
export function* sentencesOf(text: string): Generator<Stretch> {
  let start = 0;
  for (const { 0: sign, index } of text.matchAll(END)) {
    const end = index + sign.length;
    if (sign === '.' && SHORTENED.test(text.slice(Math.max(start, end - 8), end))) continue;
    yield* cut(text, start, end);
    start = end;
  }
  yield* cut(text, start, text.length);
}

function* cut(text: string, from: number, to: number): Generator<Stretch> {
  let start = skipSpace(text, from, to);
  while (to - start > LONGEST) {
    const blank = text.lastIndexOf(' ', start + LONGEST);
    const end = blank > start ? blank : start + LONGEST;
    yield { start, end: trimEnd(text, start, end) };
    start = skipSpace(text, end, to);
  }
  const end = trimEnd(text, start, to);
  if (end > start) yield { start, end };
}

function skipSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text, at)) at++;
  return at;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text, at - 1)) at--;
  return at;
}

const isSpace = (text: string, at: number): boolean => /\s/.test(text.charAt(at));
