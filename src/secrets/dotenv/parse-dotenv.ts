import type { DotenvEntry, DotenvReason, ParsedDotenv, RefusedLine } from './dotenv.js';
import { closingQuote, endOfStatement, isQuote, type Quote, unescaped } from './quoted-value.js';

/** Up to the first character of the value. What the readers take for a name is wider than what may be kept. */
const HEAD = /[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)(?:[^\S\n]*=|:(?=[^\S\n]))[^\S\n]*/y;
const NOTHING = /[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y;
const COMMENT = /\s#/;

const MESSAGES: Record<DotenvReason, string> = {
  NO_ASSIGNMENT: 'Write the line as KEY=value, or put # before it to make it a comment.',
  KEY_INVALID: 'Before the equals sign put only a name of letters, digits and underscores.',
  QUOTE_UNTERMINATED: 'Close the quotation mark with which the value begins.',
  TEXT_AFTER_QUOTE:
    'Remove the text after the closing quotation mark, or put a blank and # before it to make it a comment.',
};

/** One pass over a file whose line ends are already all the same. */
class Reading {
  readonly entries: DotenvEntry[] = [];
  readonly refused: RefusedLine[] = [];
  private position = 0;
  private line = 1;
  /** Marks that no further place closes: known once, so that no line looks through the rest of the file again. */
  private readonly unclosed = new Set<Quote>();

  constructor(private readonly text: string) {}

  run(): ParsedDotenv {
    while (this.position < this.text.length) this.statement();
    return { entries: this.entries, refused: this.refused };
  }

  private statement() {
    const head = this.matchAt(HEAD);
    if (head) this.value(head[1] ?? '', this.position + head[0].length);
    else if (this.matchAt(NOTHING)) this.advance(this.endOfLine(this.position));
    else {
      const end = this.endOfLine(this.position);
      const hasSign = this.text.slice(this.position, end).includes('=');
      this.refuse(null, hasSign ? 'KEY_INVALID' : 'NO_ASSIGNMENT', end);
    }
  }

  private value(key: string, start: number) {
    const mark = this.text[start];
    if (isQuote(mark)) this.quoted(key, start, mark);
    else this.plain(key, start);
  }

  private plain(key: string, start: number) {
    const end = this.endOfLine(start);
    const isComment = this.text[start] === '#' && /\s/.test(this.text[start - 1] ?? '');
    const rest = isComment ? '' : this.text.slice(start, end);
    const comment = rest.search(COMMENT);
    this.accept(key, (comment < 0 ? rest : rest.slice(0, comment)).trim(), end);
  }

  private quoted(key: string, start: number, quote: Quote) {
    const close = this.unclosed.has(quote) ? -1 : closingQuote(this.text, start, quote);
    if (close < 0) this.unclosed.add(quote);
    const end = close < 0 ? -1 : endOfStatement(this.text, close + 1);
    if (end >= 0) this.accept(key, unescaped(this.text.slice(start + 1, close), quote), end);
    else if (quote === '`') this.plain(key, start);
    else if (close < 0 || this.opensAnother(start, close)) {
      this.refuse(key, 'QUOTE_UNTERMINATED', this.endOfLine(start));
    } else this.refuse(key, 'TEXT_AFTER_QUOTE', this.endOfLine(close));
  }

  /** Whether the mark found is rather the beginning of a later line's value, so that the one before it is what is missing. */
  private opensAnother(start: number, close: number) {
    const lineStart = this.text.lastIndexOf('\n', close) + 1;
    if (lineStart <= start) return false;
    HEAD.lastIndex = lineStart;
    return HEAD.test(this.text) && HEAD.lastIndex === close;
  }

  private accept(key: string, value: string, end: number) {
    this.entries.push({ key, value, line: this.line });
    this.advance(end);
  }

  private refuse(key: string | null, reason: DotenvReason, end: number) {
    this.refused.push({ key, line: this.line, reason, message: MESSAGES[reason] });
    this.advance(end);
  }

  private matchAt(pattern: RegExp) {
    pattern.lastIndex = this.position;
    return pattern.exec(this.text);
  }

  private endOfLine(from: number) {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? this.text.length : end;
  }

  /** @param end where a line ends */
  private advance(end: number) {
    for (let at = this.text.indexOf('\n', this.position); at >= 0 && at <= end; ) {
      this.line += 1;
      at = this.text.indexOf('\n', at + 1);
    }
    this.position = end + 1;
  }
}

/**
 * Reads a `.env` file by the grammar that npm dotenv, python-dotenv, Compose and dotenv of Ruby share. Nothing is executed and
 * nothing expanded: `$(command)`, `$NAME` and `${NAME}` stay as they are written. A line that is neither blank, nor a comment,
 * nor an assignment is refused with its number, never skipped. The time is linear in the length of the text.
 *
 * Where those readers disagree:
 * - `#` begins a comment only after white space, so `A=a#b` and `COLOR=#fff` keep theirs, as in python-dotenv, Compose and shells;
 *   after a closing quotation mark it needs none.
 * - In double quotes `\n \r \t \" \\ \$` are escapes and every other backslash stays, so that `"C:\dir"` is what it looks like;
 *   `\$` as in Compose, Ruby and shells, where it is what keeps a `$` from being expanded.
 * - Single quotes are literal; `\'` does not close them unless it is the last on its line, and keeps its backslash (npm, Ruby).
 *   Unquoted, a backslash is a character like any other (npm, python-dotenv, Compose).
 * - Backticks quote as in npm dotenv where one closes at the end of a line, else they are characters like any other.
 * - `KEY: value` is an assignment (all but python-dotenv). A bare `KEY` is refused: some take it from the surrounding process.
 * - A quotation mark that is never closed, and text after a closing one, are refused (python-dotenv, Compose); npm dotenv guesses.
 * - A lone carriage return ends a line (npm), and line ends inside quotes are read as `\n`.
 */
export function parseDotenv(text: string): ParsedDotenv {
  return new Reading(
    text
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n')
      .replaceAll('\r', '\n'),
  ).run();
}
