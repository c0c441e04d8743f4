/*
 * Words are runs of anything but blanks and control characters. Counted by hand, since prompts may be megabytes and each
 * piece of an answer asks for the end of its words.
 */

const isBlank = (text: string, at: number): boolean => text.charCodeAt(at) <= 32;

export function countWords(text: string): number {
  let words = 0;
  for (let at = 0; at < text.length; at++)
    if (!isBlank(text, at) && (at === 0 || isBlank(text, at - 1))) words++;
  return words;
}

/** Where so many words end that begin at or after `from`; the text's end where there are not as many. */
export function endOfWords(text: string, from: number, words: number): number {
  let at = from;
  for (let left = words; left > 0 && at < text.length; left--) {
    while (at < text.length && isBlank(text, at)) at++;
    while (at < text.length && !isBlank(text, at)) at++;
  }
  return isBlankFrom(text, at) ? text.length : at;
}

function isBlankFrom(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && isBlank(text, at)) at++;
  return at === text.length;
}

/** A text in pieces of so many words, each with the blanks before it; together they are the text. */
export function* piecesOf(text: string, wordsPerPiece: number): Generator<string, void> {
  for (let from = 0; from < text.length; ) {
    const end = endOfWords(text, from, wordsPerPiece);
    yield text.slice(from, end);
    from = end;
  }
}
