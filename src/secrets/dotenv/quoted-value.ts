const QUOTES = ["'", '"', '`'] as const;
export type Quote = (typeof QUOTES)[number];

export const isQuote = (mark: string | undefined): mark is Quote => QUOTES.some((quote) => quote === mark);

const END = /[^\S\n]*(?:#[^\n]*)?(?=\n|$)/y;
const LAST_ON_ITS_LINE = /[^\S\n]*(?:#[^'`\n]*)?(?=\n|$)/y;
const ESCAPE = /\\([nrt"\\$])/g;
const ESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

/** @returns where the line ends when nothing but a comment follows, or -1 */
export function endOfStatement(text: string, position: number): number {
  END.lastIndex = position;
  return END.test(text) ? END.lastIndex : -1;
}

function isLastOnItsLine(text: string, position: number) {
  LAST_ON_ITS_LINE.lastIndex = position;
  return LAST_ON_ITS_LINE.test(text);
}

function isEscaped(text: string, position: number) {
  let start = position;
  while (text[start - 1] === '\\') start -= 1;
  return (position - start) % 2 === 1;
}

const closes = (text: string, position: number, quote: Quote) =>
  quote === '"'
    ? !isEscaped(text, position)
    : text[position - 1] !== '\\' || isLastOnItsLine(text, position + 1);

/** @returns where the quotation that begins at `start` ends, or -1 */
export function closingQuote(text: string, start: number, quote: Quote): number {
  let position = text.indexOf(quote, start + 1);
  while (position >= 0 && !closes(text, position, quote)) position = text.indexOf(quote, position + 1);
  return position;
}

/** What stands between the quotation marks, as a value. */
export const unescaped = (content: string, quote: Quote): string =>
  quote === '"' ? content.replaceAll(ESCAPE, (_, letter: string) => ESCAPED[letter] ?? letter) : content;
