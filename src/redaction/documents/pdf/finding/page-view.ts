/** Code of a hyphen at the end of a line, in PDFium's text; the same as an invisible one. */
const LINE_HYPHEN = 0x02;
const NO_CHARACTER = 0xfffe;
const SOFT_HYPHEN = 0xad;
const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const HYPHEN = 0x2d;
const UNKNOWN = 0xfffd;
/** A line that ends before this share of the page's longest was ended on purpose. */
const FULL_LINE = 0.6;

/** A page's text as a detector reads it, and which character of the page each of its units is. */
export interface PageView {
  readonly text: string;
  /** By UTF-16 unit: index of the character. */
  readonly characters: Int32Array;
}

const isHyphen = (code: number): boolean =>
  code === LINE_HYPHEN || code === NO_CHARACTER || code === SOFT_HYPHEN;

/** Line by line. */
export function lineView(codes: Uint32Array): PageView {
  const view = new ViewBuilder(codes.length);
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    view.add(isHyphen(code) ? HYPHEN : code, index);
  }
  return view.end();
}

/** As one paragraph: line ends are spaces, and words that a hyphen divides at the end of a line are whole. */
export function joinedView(codes: Uint32Array): PageView {
  const view = new ViewBuilder(codes.length);
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    if (isHyphen(code) || (code === CR && codes[index + 1] === LF)) continue;
    view.add(code === CR || code === LF ? SPACE : code, index);
  }
  return view.end();
}

class ViewBuilder {
  readonly #units: Uint16Array;
  readonly #characters: Int32Array;
  #length = 0;

  /** @param count of characters, each of which takes two units at most */
  constructor(count: number) {
    this.#units = new Uint16Array(count * 2);
    this.#characters = new Int32Array(count * 2);
  }

  add(code: number, index: number): void {
    if (code > 0xffff && code <= 0x10ffff) {
      this.#push(0xd800 + ((code - 0x10000) >> 10), index);
      this.#push(0xdc00 + ((code - 0x10000) & 0x3ff), index);
    } else this.#push(code === 0 || (code & 0xfffe) === 0xfffe || code > 0xffff ? UNKNOWN : code, index);
  }

  #push(unit: number, index: number): void {
    this.#units[this.#length] = unit;
    this.#characters[this.#length++] = index;
  }

  end(): PageView {
    const text = Buffer.from(this.#units.buffer, 0, this.#length * 2).toString('utf16le');
    return { text, characters: this.#characters.subarray(0, this.#length) };
  }
}

/** Whether the characters from `first` to `last` run over the end of a line only where it is full or a hyphen divides a word. */
export function runsOn(codes: Uint32Array, first: number, last: number, fullLine: number): boolean {
  let crosses = false;
  for (let index = first; index <= last; index++) {
    const code = codes[index] ?? 0;
    if (isHyphen(code)) crosses = true;
    if (code !== LF) continue;
    crosses = true;
    if (lengthOfLineBefore(codes, index) < fullLine) return false;
  }
  return crosses;
}

function lengthOfLineBefore(codes: Uint32Array, end: number): number {
  let start = end - 1;
  while (start >= 0 && codes[start] !== LF) start--;
  return end - start - 1;
}

/** How long a line must be to be taken for one that went on in the next. */
export function fullLineOf(codes: Uint32Array): number {
  let longest = 0;
  let start = 0;
  for (let index = 0; index <= codes.length; index++) {
    if (index < codes.length && codes[index] !== LF) continue;
    longest = Math.max(longest, index - start);
    start = index + 1;
  }
  return longest * FULL_LINE;
}

/** Whether a character is ink: neither white space nor an invisible mark. Hyphens of all kinds are one. */
export function inkOf(code: number): number | undefined {
  if (isHyphen(code)) return HYPHEN;
  if (code <= 0x20 || code === 0xa0 || (code >= 0x2000 && code <= 0x200f) || code === 0x3000)
    return undefined;
  return code;
}
