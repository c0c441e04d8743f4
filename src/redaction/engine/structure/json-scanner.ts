import { EngineInputError } from '../engine-error.js';
import { codePointLength } from './code-points.js';
import { assertDepth, type JsonEvent } from './json-event.js';

/** An event of JSON text; unless it is a literal, with the token's place in UTF-16 code units. */
export interface TextEvent extends JsonEvent {
  readonly start: number;
  readonly end: number;
}

type Expected = 'value' | 'first-item' | 'first-key' | 'key' | 'separator' | 'end';

/** Shared by all literals, which nobody replaces, so without a place. */
const LITERAL: TextEvent = { kind: 'literal', text: '', start: 0, end: 0 };
const BYTE_ORDER_MARK = '\ufeff';
const LITERALS = ['true', 'false', 'null'];
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * Strict reader of one JSON text (RFC 8259) with a byte order mark tolerated. Gives tokens with their places, so that a text
 * can be changed in place.
 * @throws EngineInputError `INVALID_JSON` with line and column, or `TOO_DEEP`
 */
export class JsonScanner {
  #at: number;
  #expected: Expected = 'value';
  readonly #inObject: boolean[] = [];

  constructor(private readonly text: string) {
    this.#at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  }

  *events(): Generator<TextEvent, undefined> {
    for (let event = this.#next(); event !== undefined; event = this.#next()) yield event;
  }

  #next(): TextEvent | undefined {
    this.#skipBlanks();
    switch (this.#expected) {
      case 'value':
        return this.#value();
      case 'first-item':
        return this.#char() === ']' ? this.#close() : this.#value();
      case 'first-key':
        return this.#char() === '}' ? this.#close() : this.#key();
      case 'key':
        return this.#key();
      case 'separator':
        return this.#separator();
      case 'end':
        if (this.#at < this.text.length) this.#fail('Nothing may follow the JSON value', this.#at);
        return undefined;
    }
  }

  #separator(): TextEvent | undefined {
    const inObject = this.#inObject.at(-1) === true;
    const char = this.#char();
    if (char === ',') {
      this.#at++;
      this.#expected = inObject ? 'key' : 'value';
      return this.#next();
    }
    if (char !== (inObject ? '}' : ']')) this.#fail(`Expected "," or "${inObject ? '}' : ']'}"`, this.#at);
    return this.#close();
  }

  #close(): TextEvent {
    this.#inObject.pop();
    this.#expected = this.#afterValue();
    this.#at++;
    return { kind: 'close', text: '', start: this.#at - 1, end: this.#at };
  }

  #afterValue(): Expected {
    return this.#inObject.length === 0 ? 'end' : 'separator';
  }

  #key(): TextEvent {
    if (this.#char() !== '"') this.#fail('Expected a key in double quotes', this.#at);
    const event = this.#string('key');
    this.#skipBlanks();
    if (this.#char() !== ':') this.#fail('Expected ":" after a key', this.#at);
    this.#at++;
    this.#expected = 'value';
    return event;
  }

  #value(): TextEvent {
    const char = this.#char();
    if (char === '{' || char === '[') return this.#open(char);
    this.#expected = this.#afterValue();
    if (char === '"') return this.#string('string');
    if (char === '-' || (char >= '0' && char <= '9')) return this.#number();
    const start = this.#at;
    const literal = LITERALS.find((word) => this.text.startsWith(word, start));
    if (literal === undefined) this.#fail('Expected a value', start);
    this.#at += literal.length;
    return LITERAL;
  }

  #open(char: '{' | '['): TextEvent {
    const isObject = char === '{';
    this.#inObject.push(isObject);
    assertDepth(this.#inObject.length);
    this.#expected = isObject ? 'first-key' : 'first-item';
    this.#at++;
    return { kind: isObject ? 'object' : 'array', text: '', start: this.#at - 1, end: this.#at };
  }

  #string(kind: 'key' | 'string'): TextEvent {
    const start = this.#at;
    let escaped = false;
    let at = start + 1;
    for (; ; at++) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        escaped = true;
        at++;
      } else if (Number.isNaN(code)) this.#fail('A string has no closing quote', start);
      else if (code < 0x20) this.#fail('A control character in a string must be escaped', at);
    }
    this.#at = at + 1;
    const text = escaped ? this.#unescape(start, at + 1) : this.text.slice(start + 1, at);
    return { kind, text, start, end: at + 1 };
  }

  #unescape(start: number, end: number): string {
    try {
      return JSON.parse(this.text.slice(start, end));
    } catch {
      return this.#fail('A string has an invalid escape', start);
    }
  }

  #number(): TextEvent {
    const start = this.#at;
    if (this.#char() === '-') this.#at++;
    if (this.#char() === '0') this.#at++;
    else this.#digits(start);
    if (this.#char() === '.') {
      this.#at++;
      this.#digits(start);
    }
    if (this.#char() === 'e' || this.#char() === 'E') {
      this.#at++;
      if (this.#char() === '+' || this.#char() === '-') this.#at++;
      this.#digits(start);
    }
    return { kind: 'number', text: this.text.slice(start, this.#at), start, end: this.#at };
  }

  #digits(numberStart: number): void {
    const start = this.#at;
    for (let code = this.#code(); code >= ZERO && code <= NINE; code = this.#code()) this.#at++;
    if (this.#at === start) this.#fail('A number is malformed', numberStart);
  }

  #skipBlanks(): void {
    for (let code = this.#code(); ; code = this.#code()) {
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #code(): number {
    return this.text.charCodeAt(this.#at);
  }

  #char(): string {
    return this.text.charAt(this.#at);
  }

  #fail(problem: string, at: number): never {
    const { line, column } = placeOf(this.text, at);
    const message = `The data is not valid JSON: ${problem} (line ${line}, column ${column}).`;
    throw new EngineInputError('INVALID_JSON', message, { line, column });
  }
}

function placeOf(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let unit = 0; unit < at; unit++) {
    const char = text.charAt(unit);
    if (char !== '\n' && (char !== '\r' || text.charAt(unit + 1) === '\n')) continue;
    line++;
    lineStart = unit + 1;
  }
  return { line, column: codePointLength(text.slice(lineStart, at)) + 1 };
}
