/** A word as it stands in a text. Offsets are UTF-16 code units, end exclusive. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Numbers with their points and commas (`3.5`, `1,200`); a letter and what a hyphen ties to it (`e-mail`, `X-ray`); else letters,
 * digits and marks with apostrophes inside. Everything else parts words, hyphens and underscores among it.
 */
const WORD =
  /\p{N}+(?:[.,]\p{N}+)+(?![\p{L}\p{N}])|\p{L}-\p{L}[\p{L}\p{M}]+|[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** Scripts that write words without blanks between them, and Korean, which ties particles to its words. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]/u;
const RUNS = new RegExp(`${UNSPACED.source}+|(?:(?!${UNSPACED.source}).)+`, 'gu');
/** The first character of a script of {@link UNSPACED}. */
const FIRST_UNSPACED = 0x0e00;

function hasUnspaced(text: string): boolean {
  for (let at = 0; at < text.length; at++)
    if (text.charCodeAt(at) >= FIRST_UNSPACED) return UNSPACED.test(text);
  return false;
}

/** Two neighbours at a time stand for words, as is usual where only a dictionary could tell words apart. */
function* pairsOf(run: string, from: number): Generator<Word, void> {
  const characters = [...run];
  if (characters.length === 1) yield { text: run, start: from, end: from + run.length };
  let start = from;
  for (let index = 1; index < characters.length; index++) {
    const text = `${characters[index - 1]}${characters[index]}`;
    yield { text, start, end: start + text.length };
    start += characters[index - 1]?.length ?? 1;
  }
}

function* splitByScript(text: string, from: number): Generator<Word, void> {
  for (const { 0: run, index } of text.matchAll(RUNS)) {
    const start = from + index;
    if (UNSPACED.test(run)) yield* pairsOf(run, start);
    else yield { text: run, start, end: start + run.length };
  }
}

/** The words of a text in order, in time that grows with its length. Pairs of unspaced scripts overlap. */
export function* wordsOf(text: string): Generator<Word, void> {
  for (const { 0: word, index: start } of text.matchAll(WORD)) {
    if (hasUnspaced(word)) yield* splitByScript(word, start);
    else yield { text: word, start, end: start + word.length };
  }
}
