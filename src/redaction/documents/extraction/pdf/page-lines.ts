import { lineView } from '../../pdf/finding/page-view.js';
import type { PageText } from '../../pdf/pdfium/page-text.js';

/** A line of a page as it was read. Lengths are points of the page's own space, whose y grows upwards. */
export interface PageLine {
  readonly text: string;
  /** Where its first character stands. */
  readonly x: number;
  readonly y: number;
  /** Where its last character ends. */
  readonly right: number;
  /** Of most of its text. */
  readonly size: number;
  /** Of its lightest text, as far as some of its characters tell. */
  readonly weight: number;
  /** Its last word goes on in the next line. */
  readonly isHyphenated: boolean;
}

/** A sign that begins an item of a list, or a number that begins one or a title. */
export const ITEM = /^(?:[-*+•‣◦▪–—●■]|\(?(?:\d{1,3}|[a-z])[.)])\s+(?=\S)/u;

/** What PDFium makes of a hyphen at the end of a line; there is no line end after it. */
const LINE_HYPHEN = 0x02;
const NO_CHARACTER = 0xfffe;
const SOFT_HYPHEN = 0xad;
/** So many characters tell the font of a line. */
const SAMPLES = 5;
/** In points. */
const SAME_SIZE = 0.05;
const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const NO_BREAK_SPACE = 0xa0;

/** The lines of a page in the order of its content. */
export function linesOfPage(text: PageText): PageLine[] {
  const { codes } = text;
  const lines: PageLine[] = [];
  let start = 0;
  for (let index = 0; index <= codes.length; index++) {
    const code = codes[index];
    const isHyphen = code === LINE_HYPHEN || code === NO_CHARACTER;
    if (index < codes.length && code !== LF && code !== CR && !isHyphen) continue;
    const line = lineOf(text, start, index, isHyphen);
    if (line !== undefined) lines.push(line);
    start = index + 1;
  }
  return lines;
}

function lineOf(page: PageText, from: number, to: number, isCut: boolean): PageLine | undefined {
  const { codes } = page;
  let first = from;
  let last = to - 1;
  while (first <= last && isBlank(codes[first])) first++;
  while (last >= first && isBlank(codes[last])) last--;
  if (first > last) return undefined;
  const isSoft = codes[last] === SOFT_HYPHEN;
  if (isSoft) last--;
  if (first > last) return undefined;
  const { text } = lineView(codes.subarray(first, last + 1).filter((code) => code !== SOFT_HYPHEN));
  // Signs of items are of a font of their own.
  const spoken = Math.min(last, first + (ITEM.exec(text)?.[0].length ?? 0));
  const samples = samplesOf(codes, spoken, last);
  return {
    text,
    ...page.originOf(first),
    right: page.boxOf(last).right,
    size: mostFrequent(samples.map((index) => page.sizeOf(index))),
    weight: Math.min(...samples.map((index) => page.weightOf(index))),
    isHyphenated: isCut || isSoft,
  };
}

/** Characters from all over a line. Spaces are none: those that PDFium adds have no font. */
function samplesOf(codes: Uint32Array, first: number, last: number): number[] {
  return Array.from({ length: SAMPLES }, (_, at) => {
    let index = first + Math.floor(((last - first) * at) / (SAMPLES - 1));
    while (index < last && isBlank(codes[index])) index++;
    return index;
  });
}

/** The size that most of some numbers are, the largest of several such. */
function mostFrequent(sizes: readonly number[]): number {
  let [best, most] = [0, 0];
  for (const size of sizes) {
    const count = sizes.filter((other) => Math.abs(other - size) < SAME_SIZE).length;
    if (count > most || (count === most && size > best)) [best, most] = [size, count];
  }
  return best;
}

const isBlank = (code: number | undefined): boolean =>
  code === undefined || code <= SPACE || code === NO_BREAK_SPACE;
