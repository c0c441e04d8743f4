import { decodeAnsiC } from './ansi-c-quote.js';

export type ShellReason = 'NOT_LITERAL' | 'QUOTE_UNTERMINATED' | 'VALUE_NOT_TEXT';

export interface ShellWord {
  readonly value: string;
  /** One past the word. */
  readonly end: number;
  /** Why the word is not what it seems; the reading goes on behind it all the same. */
  readonly reason?: ShellReason;
}

/** Runs of what means itself, unquoted and in double quotes. */
const UNQUOTED = /[^ \t\r\n'"\\$`;&|<>(){}~]+/y;
const IN_DOUBLE = /[^"\\$`]+/y;
/** What a shell expands after a dollar sign; before anything else the sign is itself. */
const EXPANDED = /[\w{([@*#?$!-]|(?![\t\n\r])[\p{Cc}\P{ASCII}]/u;
/** Behind a backslash bash takes some of these for marks of its own. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;
const ESCAPED_CONTROL = /\\(?![\t\n\r])\p{Cc}/u;
const END_OF_WORD = /[ \t\n;]/;

/** One pass over one word. */
class Reading {
  private value = '';
  private reason: ShellReason | undefined;

  constructor(
    private readonly text: string,
    private position: number,
  ) {}

  run(): ShellWord {
    const start = this.position;
    for (;;) {
      const mark = this.text[this.position];
      if (mark === undefined || END_OF_WORD.test(mark) || this.isEndOfLine()) break;
      if (mark === "'") this.single();
      else if (mark === '"') this.double();
      else if (mark === '$' && this.text[this.position + 1] === "'") this.ansiC();
      else if (mark === '\\') this.backslash(/./s);
      // Home folders stand where a value or a path of a list begins.
      else if (mark === '~' && this.position > start && this.text[this.position - 1] !== ':') this.keep(mark);
      else if (mark === '\r') this.keep(mark);
      else if (!this.literal(UNQUOTED)) this.special(mark, /["]/);
    }
    const word = { value: this.value, end: this.position };
    return this.reason === undefined ? word : { ...word, reason: this.reason };
  }

  /** The carriage return of a line end of two characters is no part of a word. */
  private isEndOfLine() {
    return this.text.startsWith('\r\n', this.position);
  }

  private single() {
    const close = this.text.indexOf("'", this.position + 1);
    this.value += this.text.slice(this.position + 1, close < 0 ? this.text.length : close);
    this.leave(close);
  }

  private double() {
    this.position += 1;
    for (;;) {
      const mark = this.text[this.position];
      if (mark === undefined) return this.leave(-1);
      if (mark === '"') return this.leave(this.position);
      if (mark === '\\') this.backslash(/[$`"\\\n]/);
      else if (!this.literal(IN_DOUBLE)) this.special(mark);
    }
  }

  private ansiC() {
    let close = this.position + 2;
    while (close < this.text.length && this.text[close] !== "'") close += this.text[close] === '\\' ? 2 : 1;
    const content = this.text.slice(this.position + 2, close);
    const value = decodeAnsiC(content);
    if (value === undefined) this.reason ??= 'VALUE_NOT_TEXT';
    if (ESCAPED_CONTROL.test(content)) this.reason ??= 'NOT_LITERAL';
    this.value += value ?? '';
    this.leave(close < this.text.length ? close : -1);
  }

  /** @param escapable what loses its backslash; a line end goes with it */
  private backslash(escapable: RegExp) {
    const next = this.text[this.position + 1] ?? '';
    if (CONTROL.test(next)) this.reason ??= 'NOT_LITERAL';
    if (!escapable.test(next)) this.keep('\\');
    else {
      this.value += next === '\n' ? '' : next;
      this.position += 2;
    }
  }

  private special(mark: string, alsoExpanded?: RegExp) {
    const next = this.text[this.position + 1] ?? '';
    if (mark !== '$' || EXPANDED.test(next) || alsoExpanded?.test(next)) this.reason ??= 'NOT_LITERAL';
    this.keep(mark);
  }

  private keep(mark: string) {
    this.value += mark;
    this.position += 1;
  }

  private literal(pattern: RegExp) {
    pattern.lastIndex = this.position;
    const run = pattern.exec(this.text)?.[0] ?? '';
    this.value += run;
    this.position += run.length;
    return run !== '';
  }

  /** @param close the closing quotation mark, or -1 */
  private leave(close: number) {
    if (close < 0) this.reason = 'QUOTE_UNTERMINATED';
    this.position = close < 0 ? this.text.length : close + 1;
  }
}

/**
 * Reads one word as a POSIX shell or bash would, as far as it is literal: single and double quotes, `$'…'`, backslashes. What a
 * shell would expand, execute or take as an operator makes the word `NOT_LITERAL`.
 */
export const readWord = (text: string, position: number): ShellWord => new Reading(text, position).run();
