import { EngineInputError } from '../engine-error.js';

/** One cell; offsets are UTF-16 code units of the whole text and include the quotes. */
export interface CsvCell {
  /** Index of the record from 0; lines without any character are no records. */
  readonly record: number;
  readonly column: number;
  /** Content without quotes. */
  readonly text: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/**
 * Reads CSV cell by cell: RFC 4180 with any one-character delimiter, CRLF, LF or CR as line end, a byte order mark, and
 * records of unequal length. A quote inside an unquoted cell is an ordinary character. When only the text before `end` is read,
 * a quoted cell may be cut off there.
 * @throws EngineInputError `INVALID_CSV` with the row (the header counts as row 1)
 */
export class CsvScanner {
  readonly #delimiter: number;
  #at: number;
  #record = 0;
  #column = 0;

  constructor(
    private readonly text: string,
    delimiter: string,
    private readonly end = text.length,
  ) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#at = text.startsWith('\ufeff') ? 1 : 0;
  }

  *cells(): Generator<CsvCell, undefined> {
    for (;;) {
      if (this.#column === 0) {
        this.#skipBlankLines();
        if (this.#at >= this.end) return undefined;
      }
      yield this.#cell();
    }
  }

  #cell(): CsvCell {
    const start = this.#at;
    const quoted = this.#code() === QUOTE;
    const text = quoted ? this.#quoted() : this.#unquoted();
    const cell = { record: this.#record, column: this.#column, text, quoted, start, end: this.#at };
    this.#passSeparator();
    return cell;
  }

  #unquoted(): string {
    const start = this.#at;
    for (let code = this.#code(); !this.#separates(code); code = this.#code()) this.#at++;
    return this.text.slice(start, this.#at);
  }

  #quoted(): string {
    const start = this.#at + 1;
    let doubled = false;
    let close = this.text.indexOf('"', start);
    while (close >= 0 && close + 1 < this.end && this.text.charCodeAt(close + 1) === QUOTE) {
      doubled = true;
      close = this.text.indexOf('"', close + 2);
    }
    if (close < 0 || close >= this.end) {
      if (this.end === this.text.length) this.#fail('a quoted cell has no closing quote');
      close = this.end - 1;
    }
    this.#at = close + 1;
    if (!this.#separates(this.#code())) this.#fail('text follows the closing quote of a cell');
    const content = this.text.slice(start, close);
    return doubled ? content.split('""').join('"') : content;
  }

  #passSeparator(): void {
    if (this.#code() === this.#delimiter) {
      this.#at++;
      this.#column++;
      return;
    }
    this.#passLineEnd();
    this.#record++;
    this.#column = 0;
  }

  #skipBlankLines(): void {
    while (this.#code() === CARRIAGE_RETURN || this.#code() === LINE_FEED) this.#at++;
  }

  #passLineEnd(): void {
    if (this.#code() === CARRIAGE_RETURN) this.#at++;
    if (this.#code() === LINE_FEED) this.#at++;
  }

  #separates(code: number): boolean {
    return code === this.#delimiter || code === LINE_FEED || code === CARRIAGE_RETURN || code < 0;
  }

  /** The code unit at the current place, −1 at the end. */
  #code(): number {
    return this.#at < this.end ? this.text.charCodeAt(this.#at) : -1;
  }

  #fail(problem: string): never {
    const row = this.#record + 1;
    throw new EngineInputError(
      'INVALID_CSV',
      `The data is not valid CSV: ${problem} (row ${row}). Put cells that contain quotes in quotes and double those inside.`,
      { row },
    );
  }
}
