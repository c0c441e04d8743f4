import { isWord } from '../characters.js';
import { runToEnd } from '../cooperation.js';
import { tooRepetitive } from '../engine-error.js';
import { DigitSequences, LEAST_DIGITS } from './digit-sequences.js';
import { FoldedText, foldLiteral } from './folded-text.js';
import { isOrdinaryWord } from './ordinary-word.js';
import { joinOverlaps, type Stretch } from './stretch.js';
import { slicesOf, type TextSlice } from './text-slices.js';

/** A value that was found somewhere in the document. */
export interface FoundValue {
  /** Engine name. */
  readonly type: string;
  readonly text: string;
  /** On the scale clients see. */
  readonly confidence: number;
}

/** A place where a found value stands, whether or not the detector found it there too. */
export interface Occurrence extends Stretch {
  readonly type: string;
  readonly confidence: number;
}

interface Place extends Stretch {
  readonly value: FoundValue;
}

/** A place in the tree of words. Most have one word behind them, which needs no map of its own. */
class Node {
  value: FoundValue | undefined;
  #word: string | undefined;
  #only: Node | undefined;
  #others: Map<string, Node> | undefined;

  get isLast(): boolean {
    return this.#only === undefined;
  }

  behind(word: string): Node | undefined {
    return word === this.#word ? this.#only : this.#others?.get(word);
  }

  add(word: string): Node {
    const known = this.behind(word);
    if (known !== undefined) return known;
    const node = new Node();
    if (this.#only === undefined) {
      this.#word = word;
      this.#only = node;
    } else {
      this.#others ??= new Map();
      this.#others.set(word, node);
    }
    return node;
  }
}

const LEAST_LENGTH = 4;
/** Longer than any key that is pasted; what is longer is a stretch of text, and does not stand twice. */
const MOST_LENGTH = 4_096;
/** Words compared in all: texts of tens of MiB need a tenth of it, unless they repeat themselves without end. */
const MOST_STEPS = 20_000_000;
const HASHES = 1 << 16;
/** What people write between the groups of a number. */
const GROUPED = /^[\p{L}\p{N} ()+./-]+$/u;

/**
 * Every place of a text where one of the values stands as whole words, in any case and across any white space. Values of
 * fewer than four characters are not looked for. Sorted by start, overlaps joined. For one text; many texts share a
 * {@link FurtherOccurrences}.
 */
export const furtherOccurrences = (text: string, values: Iterable<FoundValue>): Occurrence[] =>
  new FurtherOccurrences(values).find(text);

/**
 * A value once found is removed everywhere, for a detector may have known it by words around it that other places lack. A
 * number of at least seven digits is also found with other signs between its groups, or none. Values are kept as a tree of
 * words, so that neither their number nor the length of the text multiplies the other.
 */
export class FurtherOccurrences {
  readonly #root = new Node();
  /** First words by hash: most words of a text begin no value and are passed over unread. */
  readonly #begins = new Uint8Array(HASHES);
  readonly #numbers = new DigitSequences<FoundValue>();
  #longest = 0;
  #steps = 0;

  constructor(
    values: Iterable<FoundValue>,
    private readonly mostSteps = MOST_STEPS,
  ) {
    for (const value of values) {
      const folded = foldLiteral(value.text);
      if (folded.length < LEAST_LENGTH || folded.length > MOST_LENGTH) continue;
      this.#insert(folded, value);
      this.#insertNumber(folded, value);
    }
  }

  get isEmpty(): boolean {
    return this.#root.isLast;
  }

  /**
   * Sorted by start, overlaps joined.
   * @throws EngineInputError `TOO_REPETITIVE` when values and texts repeat themselves so that comparing never ends
   */
  find(source: string): Occurrence[] {
    return runToEnd(this.places(source)).map(({ value: { type, confidence }, start, end }) => ({
      ...{ type, confidence, start, end },
    }));
  }

  /** As {@link find}, with the values themselves; yields about every MiB. */
  *places(source: string): Generator<void, Place[]> {
    if (this.isEmpty || source.length < LEAST_LENGTH) return [];
    const found: Place[] = [];
    for (const slice of slicesOf(source, this.#longest)) {
      this.#findIn(slice, found);
      this.#findNumbers(slice, found);
      if (slice.offset + slice.length < source.length) yield;
    }
    return found.length < 2 ? found : joinOverlaps(found);
  }

  #findNumbers({ text, offset, length }: TextSlice, found: Place[]): void {
    for (const { value, start, end } of this.#numbers.find(text)) {
      if (start >= length) return;
      found.push({ value, start: start + offset, end: end + offset });
    }
  }

  #findIn({ text: source, offset, length }: TextSlice, found: Place[]): void {
    const folded = new FoldedText(source);
    const { text } = folded;
    for (let at = 0; at < text.length; ) {
      // As in `tokenAt`, whose objects would be most of what a long text costs.
      let hash = text.charCodeAt(at);
      let end = at + 1;
      if (isWord(hash)) {
        for (; end < text.length; end++) {
          const code = text.charCodeAt(end);
          if (!isWord(code)) break;
          hash = Math.imul(hash, 31) + code;
        }
      }
      if (this.#begins[hash & (HASHES - 1)] === 1) {
        const match = this.#longestAt(text, at);
        if (match !== undefined) {
          const { start, end: last } = folded.sourceOf(at, match.end);
          // The slices overlap: what begins in the next one is found there.
          if (start >= length) break;
          if (!isOrdinaryWord(source.slice(start, last), match.value.type))
            found.push({ value: match.value, start: start + offset, end: last + offset });
        }
      }
      at = end;
    }
    folded.release();
  }

  #insert(folded: string, value: FoundValue): void {
    this.#longest = Math.max(this.#longest, folded.length);
    this.#begins[tokenAt(folded, 0).hash] = 1;
    let node = this.#root;
    for (let at = 0; at < folded.length; ) {
      const { end } = tokenAt(folded, at);
      node = node.add(folded.slice(at, end));
      at = end;
    }
    node.value ??= value;
  }

  #insertNumber(folded: string, value: FoundValue): void {
    if (!GROUPED.test(folded)) return;
    const compact = folded.replaceAll(/[^\p{L}\p{N}]/gu, '');
    const digits = compact.replaceAll(/\D/g, '');
    if (digits.length < LEAST_DIGITS || digits.length * 2 <= compact.length) return;
    if (compact !== folded) this.#insert(compact, value);
    this.#numbers.add(digits, /^\p{L}*/u.exec(compact)?.[0] ?? '', value);
  }

  #longestAt(text: string, start: number): { end: number; value: FoundValue } | undefined {
    let longest: { end: number; value: FoundValue } | undefined;
    let node: Node | undefined = this.#root;
    for (let at = start; at < text.length && node !== undefined && !node.isLast; ) {
      const { end } = tokenAt(text, at);
      node = node.behind(text.slice(at, end));
      if (++this.#steps > this.mostSteps) throw tooRepetitive();
      at = end;
      if (node?.value !== undefined) longest = { end, value: node.value };
    }
    return longest;
  }
}

/** A run of word characters, or one character of any other kind. */
function tokenAt(text: string, start: number): { end: number; hash: number } {
  let code = text.charCodeAt(start);
  let hash = code;
  let end = start + 1;
  if (isWord(code)) {
    for (; end < text.length; end++) {
      code = text.charCodeAt(end);
      if (!isWord(code)) break;
      hash = Math.imul(hash, 31) + code;
    }
  }
  return { end, hash: hash & (HASHES - 1) };
}
