/** Control characters other than tab and line feed, marks of byte order and soft hyphens, which nobody sees. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\ufeff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_PLAIN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\ufeff\u2028\u2029\ud800-\udfff]/;
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const LONGEST_TITLE = 500;
const HALF_CHARACTER = /[\ud800-\udbff]$/;

/** A text whose lines end in `\n`, with nothing in it that is no text. */
export function plain(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  return text.toWellFormed().replaceAll(LINE_ENDS, '\n').replaceAll(UNSEEN, '');
}

/** The same in one line, blanks in a row being one. */
export const oneLine = (text: string): string => plain(text).trim().replaceAll(/\s+/g, ' ');

/** A title as it is handed out; null when it says nothing. */
export function titleOf(text: string | undefined): string | null {
  const title = oneLine(text ?? '');
  if (title.length <= LONGEST_TITLE) return title === '' ? null : title;
  return title.slice(0, LONGEST_TITLE).replace(HALF_CHARACTER, '').trimEnd();
}
