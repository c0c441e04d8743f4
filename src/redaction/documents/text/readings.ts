import { MappedText } from './mapped-text.js';

const PERCENT = /(?:%[\da-f]{2})+/gi;
const BACKSLASHES = /\\u([\da-f]{4})/gi;
/** Of Markdown: escapes, marks of emphasis, strike-through and code, and character references. */
const MARKDOWN =
  /\\([!-/:-@[-`{-~])|[*`]+|~~|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])|&(?:(nbsp|amp|lt|gt|quot|apos|shy)|#(\d{1,7})|#x([\da-f]{1,6}));/giu;
const NAMED: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  shy: '\u00ad',
};

/**
 * How else a text reads than it is spelled: with what is percent-encoded in its addresses decoded, with escapes of
 * programs decoded, and as Markdown shows it. Readings that are as spelled are left out.
 */
export function otherReadings(text: string, isMarkdown: boolean): MappedText[] {
  const readings: MappedText[] = [];
  if (text.includes('%')) readings.push(new MappedText(text, PERCENT, ([coded]) => percentDecoded(coded)));
  if (text.includes('\\u'))
    readings.push(
      new MappedText(text, BACKSLASHES, ([, code = '']) => String.fromCharCode(Number.parseInt(code, 16))),
    );
  if (isMarkdown) readings.push(new MappedText(text, MARKDOWN, shown));
  return readings.filter(({ isAsSpelled }) => !isAsSpelled);
}

function percentDecoded(coded: string): string | undefined {
  try {
    return decodeURIComponent(coded);
  } catch {
    return undefined;
  }
}

function shown([, escaped, name, decimal, hex]: RegExpExecArray): string {
  if (escaped !== undefined) return escaped;
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? '';
  if (decimal === undefined && hex === undefined) return '';
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
}
