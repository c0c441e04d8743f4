import { ValueIndex } from '../finding/value-index.js';
import type { RemovedValue } from '../pdf-ports.js';
import type { FilePart } from './file-parts.js';

/** Between two strings of one word, `TJ` moves by less than this (thousandths of an em); by more, a space is meant. */
const KERNING = /[)>]\s*(-?\d{1,2}(?:\.\d+)?|-?1\d\d(?:\.\d+)?)?\s*[(<]/g;
/** What stands in PDFium's text for a hyphen at a line's end. */
const INVISIBLE = /[\u00ad\ufffe]/g;
/** A character of a name object that is written as its number. */
const ESCAPED = /#([0-9a-fA-F]{2})/g;
const HEX = /<([0-9a-fA-F]{8,})>/g;
const PRINTABLE = /[\x20-\x7e]{4,}/g;
const WIDE = /(?:[\x20-\x7e]\0){4,}|(?:\0[\x20-\x7e]){4,}/g;
const BYTE_ORDER_MARK = /^\u00fe\u00ff/;
const BEYOND_ASCII = /[^\x20-\x7e\s]/;
const LEAST_DIGITS = 7;

const lettersOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** What was kept of a text, as what explains that letters of a removed value stand within longer words. */
export class KeptText {
  readonly #letters: string;

  get size(): number {
    return this.#letters.length;
  }

  constructor(text: string) {
    this.#letters = lettersOf(text);
  }

  explains(found: string): boolean {
    return this.#letters.includes(lettersOf(found));
  }
}

/** Looks for removed values in the parts of a file, in all the ways in which a file may write them. */
export class LeakSearch {
  readonly values = new ValueIndex();
  /** As they are written, since numbers of a drawing may look like those of a value with other signs between. */
  readonly #spellings = new Set<string>();
  /** Values beyond ASCII, whose bytes depend on how they are encoded. */
  readonly #encoded = new ValueIndex();

  constructor(values: readonly RemovedValue[]) {
    for (const { text, type } of values) {
      this.values.add(text, type);
      if (BEYOND_ASCII.test(text)) this.#encoded.add(text, type);
      this.#spellings.add(spelling(text));
      const digits = text.replaceAll(/\D/g, '');
      if (digits.length >= LEAST_DIGITS) this.#spellings.add(digits);
    }
  }

  /** Values found in a text, whole words in any case, that the kept text does not explain. */
  inText(text: string, kept: KeptText): string[] {
    return spans(this.values, text).filter((found) => !kept.explains(found));
  }

  /** As {@link inText}, for the bytes of a part. */
  inPart(part: FilePart, kept: KeptText): string[] {
    const found = viewsOf(part).flatMap((view) => spans(this.values, view));
    const encoded = this.#encoded.isEmpty ? [] : encodedViews(part.bytes);
    found.push(...encoded.flatMap((view) => spans(this.#encoded, view)));
    return found.filter((value) => this.#spellings.has(spelling(value)) && !kept.explains(value));
  }
}

const spans = (values: ValueIndex, text: string): string[] =>
  values.find(text).map(({ start, end }) => text.slice(start, end));

const byteOf = (digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));

const spelling = (text: string): string =>
  text.replaceAll(INVISIBLE, '').replaceAll(/\s+/g, ' ').trim().toLowerCase();

function viewsOf({ bytes, kind }: FilePart): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('latin1');
  const wide = text.includes('\0') ? (text.match(WIDE) ?? []).map((run) => run.replaceAll('\0', '')) : [];
  if (kind === 'binary') return [...(text.match(PRINTABLE) ?? []), ...wide];
  const joined = text.replaceAll(KERNING, '').replaceAll(ESCAPED, (_, digits: string) => byteOf(digits));
  const hex = Array.from(joined.matchAll(HEX), ([, digits = '']) =>
    Buffer.from(digits, 'hex').toString('latin1'),
  );
  return [joined, ...hex.map((string) => string.replace(BYTE_ORDER_MARK, '').replaceAll('\0', '')), ...wide];
}

/** As UTF-8, and as UTF-16 of either order from either byte on. */
function encodedViews(part: Uint8Array): string[] {
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  const even = bytes.subarray(0, bytes.length & ~1);
  const odd = bytes.subarray(1, 1 + ((bytes.length - 1) & ~1));
  const little = [even, odd].filter(({ length }) => length > 1).map((part) => part.toString('utf16le'));
  const big = [even, odd]
    .filter(({ length }) => length > 1)
    .map((part) => Buffer.from(part).swap16().toString('utf16le'));
  return [bytes.toString('utf8'), ...little, ...big];
}
