import type { OutlineEntry } from '../../pdf/pdfium/pdfium-document.js';
import { ITEM } from './page-lines.js';
import { BOLDER, type Paragraph } from './paragraphs.js';

/** Levels by paragraph. */
export type HeadingLevels = ReadonlyMap<Paragraph, number>;

const LARGER = 1.12;
const MOST_LINES = 3;
const LONGEST = 200;
const LONGEST_BOLD = 120;
/** Sizes that are this close are one. */
const SAME_SIZE = 0.04;
const LOWEST = 6;
const ENDS_SENTENCE = /[.,;]$/;
const NUMBERED = /^\d/;
/** Lines of a table of contents. */
const LEADERS = /(?:\. ?){4}/;

/** The titles of a document: what is larger than its text, or as large and bolder and by itself. */
export function headingsByFont(paragraphs: readonly Paragraph[]): HeadingLevels {
  const body = {
    size: usual(paragraphs, ({ size }) => size),
    weight: usual(paragraphs, ({ weight }) => weight),
  };
  const levels = new Map<Paragraph, number>();
  if (body.size <= 0) return levels;
  const titles = paragraphs.filter(isTitle);
  const larger = titles.filter(({ size }) => size >= body.size * LARGER);
  const sizes: number[] = [];
  for (const size of [...new Set(larger.map((paragraph) => paragraph.size))].sort((a, b) => b - a)) {
    if (size < (sizes.at(-1) ?? Number.POSITIVE_INFINITY) * (1 - SAME_SIZE)) sizes.push(size);
  }
  for (const title of larger) {
    const level = sizes.filter((size) => size * (1 - SAME_SIZE) > title.size).length + 1;
    levels.set(title, Math.min(level, LOWEST));
  }
  const lowest = Math.min(sizes.length + 1, LOWEST);
  for (const title of titles) {
    if (!levels.has(title) && isBold(title, body)) levels.set(title, lowest);
  }
  return levels;
}

/** The titles of a document whose fonts tell none: what its outline names, where it stands on the page as it is named. */
export function headingsByOutline(
  pages: readonly (readonly Paragraph[])[],
  outline: readonly OutlineEntry[],
): HeadingLevels {
  const levels = new Map<Paragraph, number>();
  for (const { title, level, page } of outline) {
    const named = folded(title);
    if (page === undefined || named === '') continue;
    const found = pages[page]?.find(
      (paragraph) => !levels.has(paragraph) && folded(joined(paragraph)) === named,
    );
    if (found !== undefined) levels.set(found, Math.min(level, LOWEST));
  }
  return levels;
}

function isTitle({ lines }: Paragraph): boolean {
  if (lines.length > MOST_LINES) return false;
  const length = lines.reduce((sum, { line }) => sum + line.text.length, 0);
  if (length > LONGEST || lines.some(({ line }) => LEADERS.test(line.text))) return false;
  return lines.some(({ line }) => /\p{L}/u.test(line.text));
}

function isBold(paragraph: Paragraph, body: { readonly size: number; readonly weight: number }): boolean {
  const { size, weight, isAlone, lines } = paragraph;
  if (!isAlone || body.weight <= 0 || weight < body.weight * BOLDER || size < body.size * (1 - SAME_SIZE))
    return false;
  const text = joined(paragraph);
  const isItem = ITEM.test(text) && !NUMBERED.test(text);
  return lines.length < MOST_LINES && text.length <= LONGEST_BOLD && !isItem && !ENDS_SENTENCE.test(text);
}

const joined = ({ lines }: Paragraph): string => lines.map(({ line }) => line.text).join(' ');

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** What most of the text has, to a half. */
function usual(paragraphs: readonly Paragraph[], of: (paragraph: Paragraph) => number): number {
  const lengths = new Map<number, number>();
  let [best, most] = [0, 0];
  for (const paragraph of paragraphs) {
    const value = Math.round(of(paragraph) * 2) / 2;
    let length = lengths.get(value) ?? 0;
    for (const { line } of paragraph.lines) length += line.text.length;
    lengths.set(value, length);
    if (length > most) [best, most] = [value, length];
  }
  return best;
}
