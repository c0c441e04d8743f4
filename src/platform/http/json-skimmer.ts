const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/** The bytes that JSON's objects and arrays begin and end with. */
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const OPEN_ARRAY = 0x5b;
export const CLOSE_ARRAY = 0x5d;

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const opens = (byte: number | undefined): boolean => byte === OPEN_OBJECT || byte === OPEN_ARRAY;
const closes = (byte: number | undefined): boolean => byte === CLOSE_OBJECT || byte === CLOSE_ARRAY;

const isDelimiter = (byte: number | undefined): boolean =>
  byte === COMMA || byte === COLON || closes(byte) || isSpace(byte);

/** Something stands, or is missing, where it cannot be. */
export class StrayByte extends Error {}

/** A fault whose message has no more than its place, where it is known. */
export const jsonFault = (character?: number): SyntaxError =>
  new SyntaxError(character === undefined ? 'Fault in JSON' : `Fault in JSON at position ${character}`);

/** Goes over JSON text without reading it. What it takes for a value may be none: JSON.parse has the last word. */
export class JsonSkimmer {
  /** Offset of the next byte. */
  at = 0;
  /** By how much that is ahead of the character's number. */
  private surplus = 0;

  /** @param bytes valid UTF-8 */
  constructor(private readonly bytes: Buffer) {}

  get next(): number | undefined {
    return this.bytes[this.at];
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  skipSpace(): void {
    while (isSpace(this.next)) this.at += 1;
  }

  /** Goes over a byte and the space around it. */
  skipMark(byte: number): void {
    this.skipSpace();
    if (this.next !== byte) throw new StrayByte();
    this.at += 1;
    this.skipSpace();
  }

  skipComma(): void {
    this.skipMark(COMMA);
  }

  /** Goes over the name of a member and its colon; returns where the name ends. */
  skipName(): number {
    if (this.next !== QUOTE) throw new StrayByte();
    this.at = this.endOfString(this.at);
    const end = this.at;
    this.skipMark(COLON);
    return end;
  }

  /** Goes over a value; false, where it was, when that is an object or array of more than `limit` bytes. */
  skipValue(limit: number): boolean {
    const { next } = this;
    if (next === undefined || isDelimiter(next)) throw new StrayByte();
    if (next === QUOTE) this.at = this.endOfString(this.at);
    else if (opens(next)) return this.skipContainer(this.at + limit);
    else while (!this.isAtEnd && !isDelimiter(this.next)) this.at += 1;
    return true;
  }

  /** A piece of the text that has been gone over, with what JSON needs around it. */
  parse<T>(start: number, end: number, before = '', after = ''): T {
    const text = this.bytes.toString('utf8', start, end);
    try {
      const value: T = JSON.parse(before + text + after);
      this.surplus += end - start - text.length;
      return value;
    } catch (error) {
      const place = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
      throw jsonFault(place === undefined ? undefined : start - this.surplus + Number(place) - before.length);
    }
  }

  /** Counts the characters of text that is not going to be parsed. */
  count(start: number, end: number): void {
    this.surplus += end - start - this.bytes.toString('utf8', start, end).length;
  }

  /** Number of the next character, once all before it has been parsed; undefined behind the last. */
  get character(): number | undefined {
    return this.isAtEnd ? undefined : this.at - this.surplus;
  }

  private skipContainer(limit: number): boolean {
    const { bytes } = this;
    let depth = 0;
    for (let at = this.at; at < bytes.length; at += 1) {
      if (at >= limit) return false;
      const byte = bytes[at];
      if (byte === QUOTE) at = this.endOfString(at) - 1;
      else if (opens(byte)) depth += 1;
      else if (closes(byte) && --depth === 0) {
        this.at = at + 1;
        return true;
      }
    }
    this.at = bytes.length;
    return true;
  }

  private endOfString(from: number): number {
    const { bytes } = this;
    for (let quote = bytes.indexOf(QUOTE, from + 1); quote >= 0; quote = bytes.indexOf(QUOTE, quote + 1)) {
      let escapes = 0;
      while (bytes[quote - 1 - escapes] === BACKSLASH) escapes += 1;
      if (escapes % 2 === 0) return quote + 1;
    }
    return bytes.length;
  }
}
