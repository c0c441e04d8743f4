import type { Heading } from '../extracted-document.js';

/** `# Title`, with or without signs after it. */
const ATX = /^ {0,3}(#{1,6})[ \t]+(?=\S)/;
const CLOSING = /[ \t]+#+[ \t]*$/;
const UNDERLINE = /^ {0,3}(?:(=+)|-+)[ \t]*$/;
/** Code in a line of text may begin with as many signs, and ends in it. */
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
/** Lines that are no text of a paragraph, so that a line of dashes below them is a rule. */
const NO_PARAGRAPH = /^(?: {4}|\t|\s*(?:[-*+>|#]|\d{1,9}[.)])(?:\s|$)|\s*[|>]|\s*$)/;
const LONGEST_TITLE = 300;

/** The headings of Markdown (CommonMark 4.2, 4.3), of one line each; what stands in fenced code is none. */
export function markdownHeadings(text: string): Heading[] {
  const headings: Heading[] = [];
  let fence: string | undefined;
  let before: { start: number; line: string } | undefined;
  let isAfterText = false;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    const mark = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      before = undefined;
    } else if (mark !== undefined) {
      fence = mark;
      before = undefined;
    } else {
      const found = atx(line, start) ?? (before && !isAfterText ? setext(line, before) : undefined);
      if (found !== undefined) headings.push(found);
      isAfterText = before !== undefined;
      before = found !== undefined || NO_PARAGRAPH.test(line) ? undefined : { start, line };
    }
    start = end + 1;
  }
  return headings;
}

function atx(line: string, start: number): Heading | undefined {
  const sign = ATX.exec(line);
  if (sign === null || line.length > LONGEST_TITLE) return undefined;
  return placed(line.replace(CLOSING, ''), start, sign[0].length, sign[1]?.length ?? 1);
}

function setext(line: string, { start, line: title }: { start: number; line: string }): Heading | undefined {
  const underline = UNDERLINE.exec(line);
  if (underline === null || title.length > LONGEST_TITLE) return undefined;
  return placed(title, start, title.length - title.trimStart().length, underline[1] === undefined ? 2 : 1);
}

function placed(line: string, start: number, sign: number, level: number): Heading | undefined {
  const end = line.trimEnd().length;
  return end > sign ? { start: start + sign, end: start + end, level } : undefined;
}
