import { keyedDigest } from '../../crypto/index.js';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import type { Passage, SoughtValue, ValuePrint } from '../../platform/erasure/sought-value.js';
import { isWord } from '../engine/characters.js';
import { FoldedText, foldLiteral } from '../engine/occurrences/folded-text.js';

/** Most first words that are remembered; then it begins anew. */
const MOST_REMEMBERED = 50_000;
/** Words looked at between two chances to give way. */
const WORDS_PER_TURN = 1_024;
/** Signs that may stand between two characters of a number. */
const MOST_BETWEEN = 3;
/** What people write between the groups of a number. */
const SEPARATORS = new Set([...' .-/()+_:·'].map((sign) => sign.charCodeAt(0)));
/** Numbers of fewer digits stand in too many places by chance, whatever their separators. */
const LEAST_DIGITS = 7;
/** Scripts that put no space between words: each character counts as a word. U+0E00 THAI is the first of them. */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
const FIRST_UNSPACED = 0x0e00;

const isUnspaced = (code: number): boolean =>
  code >= FIRST_UNSPACED && UNSPACED.test(String.fromCharCode(code));

/** End of the word, or of the one sign, that begins at `start` of a folded text. */
function wordEnd(text: string, start: number): number {
  let code = text.charCodeAt(start);
  if (!isWord(code) || isUnspaced(code)) return start + 1;
  let end = start + 1;
  for (; end < text.length; end++) {
    code = text.charCodeAt(end);
    if (!isWord(code) || isUnspaced(code)) break;
  }
  return end;
}

function countWords(text: string): number {
  let words = 0;
  for (let at = 0; at < text.length; at = wordEnd(text, at)) words++;
  return words;
}

/** Without the signs around it, which stand in some places and not in others: `+49` and `49`. */
function bare(folded: string): string {
  let start = 0;
  let end = folded.length;
  while (start < end && !isWord(folded.charCodeAt(start))) start++;
  while (end > start && !isWord(folded.charCodeAt(end - 1))) end--;
  return start < end ? folded.slice(start, end) : folded;
}

const digitsIn = (text: string): number => text.replaceAll(/\D/g, '').length;

/** Letters and digits alone; undefined where that would not tell one value from others. */
function compactOf(folded: string): string | undefined {
  const compact = folded.replaceAll(/[^\p{L}\p{Nd}]/gu, '');
  const digits = digitsIn(compact);
  return digits >= LEAST_DIGITS && digits * 2 > compact.length ? compact : undefined;
}

/** Characters of a value as it is compared: fewer tell too little. */
export const tellingLength = (text: string): number =>
  foldLiteral(text).replaceAll(/[^\p{L}\p{N}]/gu, '').length;

const digest = (key: Buffer, what: string, text: string): string =>
  keyedDigest(key, what, text).toString('base64');

/** What is kept of a value, compared as {@link FoldedText} compares. */
export function printOf(text: string, key: Buffer): ValuePrint {
  const folded = bare(foldLiteral(text));
  const compact = compactOf(folded);
  return {
    words: countWords(folded),
    first: digest(key, 'first word', folded.slice(0, wordEnd(folded, 0))),
    whole: digest(key, 'whole value', folded),
    compact:
      compact === undefined
        ? null
        : {
            length: compact.length,
            digits: digitsIn(compact),
            digest: digest(key, 'compact value', compact),
          },
  };
}

/**
 * Finds by a print where its value stands: as whole words, in any case and across any white space, and a number whatever
 * stands between its groups. A first word is hashed once, however often it stands in the texts.
 */
export class PrintSearch implements SoughtValue {
  readonly #begins = new Map<string, boolean>();

  constructor(
    private readonly print: ValuePrint,
    private readonly key: Buffer,
  ) {}

  async passages(source: string): Promise<Passage[]> {
    const folded = new FoldedText(source);
    const found: Passage[] = [];
    const slice = new TimeSlice();
    let words = 0;
    for (let at = 0; at < folded.text.length; ) {
      if (++words % WORDS_PER_TURN === 0) await slice.pause();
      const end = this.#endAt(folded.text, at);
      if (end === undefined) at = wordEnd(folded.text, at);
      else {
        found.push(folded.sourceOf(at, end));
        at = end;
      }
    }
    folded.release();
    return found;
  }

  /** Where the value ends that begins at a word; undefined where none does. */
  #endAt(text: string, start: number): number | undefined {
    return this.#compactEnd(text, start) ?? this.#wholeEnd(text, start);
  }

  #wholeEnd(text: string, start: number): number | undefined {
    let end = wordEnd(text, start);
    if (!this.#isFirst(text.slice(start, end))) return undefined;
    for (let words = 1; words < this.print.words; words++) {
      if (end >= text.length) return undefined;
      end = wordEnd(text, end);
    }
    return digest(this.key, 'whole value', text.slice(start, end)) === this.print.whole ? end : undefined;
  }

  #isFirst(word: string): boolean {
    const known = this.#begins.get(word);
    if (known !== undefined) return known;
    if (this.#begins.size >= MOST_REMEMBERED) this.#begins.clear();
    const isFirst = digest(this.key, 'first word', word) === this.print.first;
    this.#begins.set(word, isFirst);
    return isFirst;
  }

  #compactEnd(text: string, start: number): number | undefined {
    const { compact } = this.print;
    if (!compact || !isWord(text.charCodeAt(start))) return undefined;
    let read = '';
    let between = 0;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (isWord(code)) {
        read += text.charAt(at);
        between = 0;
        if (read.length < compact.length) continue;
        const isWhole = !isWord(text.charCodeAt(at + 1)) && digitsIn(read) === compact.digits;
        return isWhole && digest(this.key, 'compact value', read) === compact.digest ? at + 1 : undefined;
      }
      if (++between > MOST_BETWEEN || !SEPARATORS.has(code)) return undefined;
    }
    return undefined;
  }
}
