import { DocumentFailure } from '../../document-failure.js';

/** An operand as it is written, each character a byte. */
export type Operand =
  | { readonly kind: 'number' | 'name' | 'string' | 'word'; readonly raw: string }
  | { readonly kind: 'array' | 'dictionary'; readonly items: readonly Operand[] };

/** An image within the operators (ISO 32000-1, 8.9.7): keys and values in turn, and its bytes. */
export interface InlineImage {
  readonly entries: readonly Operand[];
  readonly data: string;
}

export type OnOperation = (operator: string, operands: readonly Operand[], image?: InlineImage) => void;

const DEEPEST = 16;
const MOST_OPERANDS = 4096;

/**
 * Reads a content stream operation by operation (ISO 32000-1, 7.8.2). Comments are passed over.
 * @param text each character a byte
 */
export function readContent(text: string, onOperation: OnOperation, mostOperands = MOST_OPERANDS): void {
  const reader = new Tokens(text);
  let operands: Operand[] = [];
  for (let token = reader.next(); token !== undefined; token = reader.next()) {
    if (token.kind !== 'word' || isConstant(token.raw)) {
      if (operands.length < mostOperands) operands.push(token);
      continue;
    }
    if (token.raw === 'BI') onOperation('BI', [], reader.inlineImage());
    else onOperation(token.raw, operands);
    operands = [];
  }
}

const isConstant = (word: string): boolean => word === 'true' || word === 'false' || word === 'null';

const WHITE = 1;
const DELIMITER = 2;
const NUMERIC = 3;
const CLASSES = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) CLASSES[code] = WHITE;
for (const character of '()<>[]{}/%') CLASSES[character.charCodeAt(0)] = DELIMITER;
for (const character of '0123456789+-.') CLASSES[character.charCodeAt(0)] = NUMERIC;

const classAt = (text: string, at: number): number => CLASSES[text.charCodeAt(at) & 0xff] ?? 0;

class Tokens {
  #at = 0;

  constructor(readonly text: string) {}

  next(depth = 0): Operand | undefined {
    const { text } = this;
    this.#skipWhite();
    if (this.#at >= text.length) return undefined;
    const start = this.#at;
    const first = text[start];
    if (classAt(text, start) !== DELIMITER) return this.#word();
    if (first === '/') return { kind: 'name', raw: this.#name() };
    if (first === '(') return { kind: 'string', raw: this.#literal() };
    if (first === '[') return this.#group('array', ']', depth);
    if (first === '<') {
      if (text[start + 1] === '<') return this.#group('dictionary', '>>', depth);
      return { kind: 'string', raw: this.#hex() };
    }
    this.#at += text.startsWith('>>', start) ? 2 : 1;
    return { kind: 'word', raw: text.slice(start, this.#at) };
  }

  inlineImage(): InlineImage {
    const entries: Operand[] = [];
    for (let token = this.next(); ; token = this.next()) {
      if (token === undefined || entries.length > MOST_OPERANDS)
        throw new DocumentFailure('DOCUMENT_DAMAGED');
      if (token.kind === 'word' && token.raw === 'ID') break;
      entries.push(token);
    }
    const start = this.#at + 1;
    const end = this.#endOfImage(start);
    return { entries, data: this.text.slice(start, end) };
  }

  /** Nothing says how long the data are: they end at an EI between white space that operators follow, not bytes. */
  #endOfImage(start: number): number {
    const { text } = this;
    for (let at = text.indexOf('EI', start); at >= 0; at = text.indexOf('EI', at + 1)) {
      const closes = at + 2 >= text.length || classAt(text, at + 2) === WHITE;
      if (classAt(text, at - 1) !== WHITE || !closes || !/^[\t\n\r -~]*$/.test(text.slice(at + 2, at + 18)))
        continue;
      this.#at = at + 2;
      return at - 1;
    }
    throw new DocumentFailure('DOCUMENT_DAMAGED');
  }

  #skipWhite(): void {
    const { text } = this;
    for (;;) {
      while (this.#at < text.length && classAt(text, this.#at) === WHITE) this.#at++;
      if (text[this.#at] !== '%') return;
      while (this.#at < text.length && text[this.#at] !== '\n' && text[this.#at] !== '\r') this.#at++;
    }
  }

  #word(): Operand {
    const { text } = this;
    const start = this.#at;
    let numeric = true;
    for (; this.#at < text.length; this.#at++) {
      const kind = classAt(text, this.#at);
      if (kind === WHITE || kind === DELIMITER) break;
      if (kind !== NUMERIC) numeric = false;
    }
    return { kind: numeric ? 'number' : 'word', raw: text.slice(start, this.#at) };
  }

  #name(): string {
    const start = this.#at++;
    for (; this.#at < this.text.length; this.#at++) {
      const kind = classAt(this.text, this.#at);
      if (kind === WHITE || kind === DELIMITER) break;
    }
    return this.text.slice(start, this.#at);
  }

  #literal(): string {
    const { text } = this;
    const start = this.#at;
    let open = 0;
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at);
      if (code === 0x5c) this.#at++;
      else if (code === 0x28) open++;
      else if (code === 0x29 && --open === 0) {
        this.#at++;
        return text.slice(start, this.#at);
      }
    }
    throw new DocumentFailure('DOCUMENT_DAMAGED');
  }

  #hex(): string {
    const end = this.text.indexOf('>', this.#at);
    if (end < 0) throw new DocumentFailure('DOCUMENT_DAMAGED');
    const digits = this.text.slice(this.#at + 1, end).replaceAll(/[^0-9a-f]/gi, '');
    this.#at = end + 1;
    return `<${digits}>`;
  }

  #group(kind: 'array' | 'dictionary', close: string, depth: number): Operand {
    if (depth > DEEPEST) throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
    this.#at += kind === 'array' ? 1 : 2;
    const items: Operand[] = [];
    for (let token = this.next(depth + 1); ; token = this.next(depth + 1)) {
      if (token === undefined) throw new DocumentFailure('DOCUMENT_DAMAGED');
      if (token.kind === 'word' && token.raw === close) return { kind, items };
      items.push(token);
    }
  }
}
