import type { RawVariables } from './raw-variables.js';
import { readWord, type ShellReason } from './shell-word.js';
import type { ParsedVariable, RefusedVariable } from './variable-format.js';

const BLANK = /[ \t]*(?:\\\n[ \t]*)*/y;
/** `declare -x` is how bash itself lists what it exports. */
const EXPORT = /(?:export|declare -x)[ \t]+/y;
const NAME = /([A-Za-z_]\w*)=/y;
const END_OF_LINE = /(?:#[^\n]*|\r)?(?:\n|$)/y;
const END_OF_STATEMENT = /;|(?:#[^\n]*|\r)?(?:\n|$)/y;

const MESSAGES: Record<ShellReason | 'NO_ASSIGNMENT', string> = {
  NO_ASSIGNMENT:
    "Write the line as export KEY='value'. Nothing is executed, so other commands are not taken.",
  NOT_LITERAL:
    'A shell would expand or execute a part of the value. Put the value in single quotes if it is meant as it stands, or write out what it expands to.',
  QUOTE_UNTERMINATED: 'Close the quotation mark with which the value, or a part of it, begins.',
  VALUE_NOT_TEXT: 'The value is no UTF-8 text. Encode it, for example in base64.',
};

/** One pass over a script. */
class Reading {
  readonly assignments: ParsedVariable[] = [];
  readonly refused: RefusedVariable[] = [];
  private position = 0;
  private line = 1;
  /** Of the line counted last, or -1. */
  private lineEnd: number;

  constructor(private readonly text: string) {
    this.lineEnd = text.indexOf('\n');
  }

  run(): RawVariables {
    while (this.position < this.text.length) {
      this.skip(BLANK);
      if (this.skip(END_OF_LINE)) continue;
      this.statement();
    }
    return { assignments: this.assignments, refused: this.refused };
  }

  /** One or more assignments, up to the end of the line or a semicolon. */
  private statement() {
    this.skip(EXPORT);
    do this.skip(BLANK);
    while (this.assignment() && !(this.skip(BLANK) && this.skip(END_OF_STATEMENT)));
  }

  /** @returns whether the statement may go on */
  private assignment(): boolean {
    const line = this.lineHere();
    NAME.lastIndex = this.position;
    const key = NAME.exec(this.text)?.[1];
    if (key === undefined) {
      this.refuse(null, 'NO_ASSIGNMENT');
      this.toNextLine();
      return false;
    }
    const start = this.position + key.length + 1;
    const { value, end, reason } = readWord(this.text, start);
    if (reason === undefined) this.assignments.push({ key, value, line });
    else this.refuse(key, reason);
    this.position = reason === 'QUOTE_UNTERMINATED' ? start : end;
    if (reason !== undefined) this.toNextLine();
    return reason === undefined;
  }

  private refuse(key: string | null, reason: ShellReason | 'NO_ASSIGNMENT') {
    this.refused.push({ key, line: this.lineHere(), reason, message: MESSAGES[reason] });
  }

  private skip(pattern: RegExp) {
    pattern.lastIndex = this.position;
    const skipped = pattern.exec(this.text)?.[0];
    this.position += skipped?.length ?? 0;
    return skipped !== undefined;
  }

  private toNextLine() {
    const end = this.text.indexOf('\n', this.position);
    this.position = end < 0 ? this.text.length : end + 1;
  }

  private lineHere() {
    while (this.lineEnd >= 0 && this.lineEnd < this.position) {
      this.line += 1;
      this.lineEnd = this.text.indexOf('\n', this.lineEnd + 1);
    }
    return this.line;
  }
}

/**
 * Reads lines of `export KEY=value` and `KEY=value` whose values are literal. Nothing is executed: what a shell would expand
 * or run makes its assignment refused by name and line. Of a line end of two
 * characters the carriage return is no part of a value, unless it stands in quotes.
 */
export function readShell(text: string): RawVariables {
  return new Reading(text.replace(/^\uFEFF/, '')).run();
}
