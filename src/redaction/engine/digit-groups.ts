import { isDigit } from './characters.js';

const MOST_GROUPS = 10;
const MOST_DIGITS = 40;
const OPEN = 40;
const CLOSE = 41;

/** The separator between two groups when it is more than one sign, as in `) `. */
export const PARENTHESIS = CLOSE;
/** No separator: the number ends. */
export const NONE = 0;

/**
 * A number written in groups of digits, read from `start`: `4111 1111 1111 1111`, `(415) 555-0132`, `12/31/1999`.
 * One object is reused for all numbers of a scan.
 */
export class DigitGroups {
  start = 0;
  count = 0;
  /** Number of digits in all groups. */
  size = 0;
  #text = '';
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly lengths: number[] = [];
  /** What stands after group k: a sign's code, `PARENTHESIS` or `NONE`. */
  readonly separators: number[] = [];

  /** Reads from a digit or an opening parenthesis; at most ten groups or forty digits. */
  read(text: string, start: number): void {
    this.start = start;
    this.count = 0;
    this.size = 0;
    this.#text = text;
    let at = text.charCodeAt(start) === OPEN ? start + 1 : start;
    while (this.count < MOST_GROUPS && this.size < MOST_DIGITS) {
      const end = digitsEnd(text, at);
      this.#add(at, end);
      const next = nextGroup(text, end);
      this.separators[this.count - 1] = next === end ? NONE : separatorBetween(text, end, next);
      if (next === end) return;
      at = next;
    }
    this.separators[this.count - 1] = NONE;
  }

  /** Digits in the first `count` groups. */
  digitsIn(count: number): number {
    let total = 0;
    for (let group = 0; group < count; group++) total += this.lengths[group] ?? 0;
    return total;
  }

  /** The digits of the first `count` groups in sequence; to be asked for when `digitsIn` is small. */
  digits(count: number): string {
    let digits = '';
    for (let group = 0; group < count; group++)
      digits += this.#text.slice(this.starts[group], this.ends[group]);
    return digits;
  }

  /** Whether the groups before `count` are all joined by `separator`. */
  joinedBy(separator: number, count: number): boolean {
    for (let group = 0; group < count - 1; group++) if (this.separators[group] !== separator) return false;
    return true;
  }

  hasLengths(...lengths: readonly number[]): boolean {
    return lengths.length <= this.count && lengths.every((length, group) => this.lengths[group] === length);
  }

  end(count: number): number {
    return this.ends[count - 1] ?? this.start;
  }

  length(group: number): number {
    return this.lengths[group] ?? 0;
  }

  separator(group: number): number {
    return this.separators[group] ?? NONE;
  }

  /** Value of one group. */
  number(group: number): number {
    return Number(this.#text.slice(this.starts[group], this.ends[group]));
  }

  #add(start: number, end: number): void {
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.lengths[this.count] = end - start;
    this.size += end - start;
    this.count++;
  }
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** Start of the next group behind a separator of one to three signs, or `end` when there is none. */
function nextGroup(text: string, end: number): number {
  const first = text.charCodeAt(end);
  if (!isSeparator(first)) return end;
  const parenthesis = first === CLOSE || text.charCodeAt(end + 1) === OPEN || first === OPEN;
  if (isDigit(text.charCodeAt(end + 1))) return end + 1;
  if (!parenthesis) return end;
  for (let at = end + 1; at < end + 3; at++) {
    if (!isSeparator(text.charCodeAt(at))) return end;
    if (isDigit(text.charCodeAt(at + 1))) return at + 1;
  }
  return end;
}

function isSeparator(code: number): boolean {
  return (
    code === 32 ||
    code === 45 ||
    code === 46 ||
    code === 47 ||
    code === OPEN ||
    code === CLOSE ||
    code === 0xa0
  );
}

function separatorBetween(text: string, from: number, to: number): number {
  const first = text.charCodeAt(from);
  if (to - from > 1 || first === OPEN || first === CLOSE) return PARENTHESIS;
  return first === 0xa0 ? 32 : first;
}
