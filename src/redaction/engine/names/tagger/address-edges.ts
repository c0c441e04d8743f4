/** A stretch of a text; UTF-16 code units, end exclusive. */
interface Edges {
  readonly start: number;
  readonly end: number;
}

const CORNER = /(?:^|[^\p{L}])((?:the )?(?:corner|intersection|crossing) of )$/iu;
const LONGEST_CORNER = 24;
const TWO_STREETS = / (?:and|&) /i;
/** A line that is a number of seven digits and more, or begins with one. */
const NUMBER_LINE = /\n[ \t]*(\+?[\d(][\d() ./-]{5,}\d)(?=[ \t]*(?:\n|$|[\p{L}x]))/gu;
const POSTCODE = /^\d{5}(?:-?\d{4})?$/;
const FEWEST_DIGITS = 7;
/** Lines behind an address that hold the code of a state or nothing, and then a postcode. */
const POSTCODE_LINES =
  /(?:[ \t,]{0,4}\n[ \t,]{0,8}\p{L}{2,3})?[ \t,]{0,4}\n[ \t,]{0,8}\d{4,6}(?:-\d{4})?(?![\p{L}\p{N}-])/uy;
/** How far behind the end of an address its last line is looked at. */
const LINE_REACH = 32;

/**
 * Where an address really begins and ends that the tagger has found: with the words that say that two streets meet, with the
 * postcode on a line of its own, and without the telephone number on the next line.
 */
export function edgesOf(text: string, start: number, end: number): Edges {
  const stop = endOf(text, start, end);
  return { start: startOf(text, start, stop), end: stop };
}

function startOf(text: string, start: number, end: number): number {
  if (!TWO_STREETS.test(text.slice(start, end))) return start;
  const before = CORNER.exec(text.slice(Math.max(0, start - LONGEST_CORNER), start));
  return start - (before?.[1]?.length ?? 0);
}

function endOf(text: string, start: number, end: number): number {
  for (const { 1: number = '', index } of text.slice(start, end + LINE_REACH).matchAll(NUMBER_LINE)) {
    const isPhone = number.replace(/\D/g, '').length >= FEWEST_DIGITS && !POSTCODE.test(number);
    if (isPhone && start + index < end) return start + index;
  }
  POSTCODE_LINES.lastIndex = end;
  const more = POSTCODE_LINES.exec(text);
  return more === null ? end : end + more[0].length;
}
