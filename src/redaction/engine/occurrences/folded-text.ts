const SPACE = /^\s$/u;
/** Characters that no reader sees and any writer may insert: soft hyphens, joiners, marks of direction and variation. */
const INVISIBLE =
  /^(?:\u034f|[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]|[\ufe00-\ufe0f]|\ufeff)$/;
/** Hyphens, dashes and apostrophes that stand for the ones on a keyboard. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ...Array.from('\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d', (dash) => [dash, '-'] as const),
  ...Array.from('\u2018\u2019\u201b\u02bc\uff07', (mark) => [mark, "'"] as const),
]);
const SPACE_CODE = 32;
const MARK = /^\p{M}$/u;
const CACHE_SIZE = 50_000;

const folds = new Map<number, string>();

/** What one code point is compared as: NFKD without case; a space for white space, nothing for what cannot be seen. */
function foldOf(point: number): string {
  const known = folds.get(point);
  if (known !== undefined) return known;
  const fold = foldCharacter(String.fromCodePoint(point));
  if (folds.size < CACHE_SIZE) folds.set(point, fold);
  return fold;
}

function foldCharacter(character: string): string {
  if (INVISIBLE.test(character)) return '';
  if (SPACE.test(character)) return ' ';
  const plain = LOOKALIKES.get(character) ?? character;
  return plain.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD').replaceAll(/\s/gu, ' ');
}

/** Folded code units with the places that each comes from. */
class Units {
  codes: Uint16Array;
  starts: Uint32Array;
  ends: Uint32Array;
  length = 0;

  /** Large ones are used again, for a long text is folded in many slices: see {@link FoldedText.release}. */
  static of(size: number): Units {
    const place = spare.findIndex(({ codes }) => codes.length >= size);
    const [units] = place < 0 ? [] : spare.splice(place, 1);
    if (units === undefined) return new Units(size + (size >> 4) + 16);
    units.length = 0;
    return units;
  }

  constructor(size: number) {
    this.codes = new Uint16Array(size);
    this.starts = new Uint32Array(size);
    this.ends = new Uint32Array(size);
  }

  /** Adds what a character is folded to; a run of white space is one space that reaches further. */
  add(fold: string, start: number, end: number): void {
    for (let unit = 0; unit < fold.length; unit++) {
      const code = fold.charCodeAt(unit);
      if (code === SPACE_CODE && this.length > 0 && this.codes[this.length - 1] === SPACE_CODE) {
        this.ends[this.length - 1] = end;
        continue;
      }
      if (this.length === this.codes.length) this.#grow();
      this.codes[this.length] = code;
      this.starts[this.length] = start;
      this.ends[this.length++] = end;
    }
  }

  text(): string {
    const { buffer, byteOffset } = this.codes;
    return Buffer.from(buffer, byteOffset, this.length * 2).toString('utf16le');
  }

  #grow(): void {
    const size = this.codes.length * 2 + 16;
    const [codes, starts, ends] = [new Uint16Array(size), new Uint32Array(size), new Uint32Array(size)];
    codes.set(this.codes);
    starts.set(this.starts);
    ends.set(this.ends);
    [this.codes, this.starts, this.ends] = [codes, starts, ends];
  }
}

/**
 * A text as literal searches compare it: without case (Unicode, by way of upper case), compatibility forms decomposed
 * (NFKD, character by character), every run of white space one space, soft hyphens and other invisible characters left
 * out, typographic hyphens and apostrophes plain. Knows where in the source each stretch of it stands.
 */
export class FoldedText {
  readonly text: string;
  /** Absent where folded and source offsets are the same. */
  #units: Units | undefined;

  constructor(private readonly source: string) {
    const kind = spelling(source);
    if (kind !== 'other') this.text = lowered(source, kind);
    else {
      this.#units = foldUnits(source);
      this.text = this.#units.text();
    }
  }

  /** Nothing more is asked of it: what it took may be taken by the next one. */
  release(): void {
    if (this.#units !== undefined && this.#units.codes.length >= LEAST_SPARE && spare.length < MOST_SPARE)
      spare.push(this.#units);
    this.#units = undefined;
  }

  /** The stretch of the source that `start` to `end` of the folded text comes from, whole characters with their marks. */
  sourceOf(start: number, end: number): { start: number; end: number } {
    if (this.#units === undefined) return { start, end };
    let last = this.#units.ends[end - 1] ?? 0;
    while (last < this.source.length && MARK.test(this.source.charAt(last))) last++;
    return { start: this.#units.starts[start] ?? 0, end: last };
  }
}

/** ASCII with single white space between keeps every character at its place. */
function spelling(source: string): 'plain' | 'lines' | 'other' {
  let wasSpace = false;
  let hasLines = false;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    const isLine = code >= 9 && code <= 13;
    const isSpace = isLine || code === SPACE_CODE;
    if (isSpace ? wasSpace : code < SPACE_CODE || code > 126) return 'other';
    wasSpace = isSpace;
    hasLines ||= isLine;
  }
  return hasLines ? 'lines' : 'plain';
}

const lowered = (source: string, kind: 'plain' | 'lines'): string =>
  kind === 'plain' ? source.toLowerCase() : source.toLowerCase().replaceAll(/[\t-\r]/g, ' ');

function foldUnits(source: string): Units {
  const units = Units.of(source.length);
  for (let at = 0; at < source.length; ) {
    const code = source.charCodeAt(at);
    if (code > SPACE_CODE && code < 127 && units.length < units.codes.length) {
      // Most characters take this way, so it is spelled out.
      units.codes[units.length] = code >= 65 && code <= 90 ? code + 32 : code;
      units.starts[units.length] = at;
      units.ends[units.length++] = ++at;
      continue;
    }
    const point = source.codePointAt(at) ?? 0;
    const end = at + (point > 0xffff ? 2 : 1);
    units.add(foldOf(point), at, end);
    at = end;
  }
  return units;
}

const LEAST_SPARE = 4_096;
const MOST_SPARE = 2;
const spare: Units[] = [];

/** A literal as {@link FoldedText} would have it, without white space around it. */
export const foldLiteral = (literal: string): string => new FoldedText(literal).text.trim();
