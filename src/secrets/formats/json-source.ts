/** A member of an object, or an item of a list, in JSON text that is known to be valid. */
export interface JsonPart {
  /** Null in a list. */
  readonly key: string | null;
  /** The value as it is written. */
  readonly source: string;
  readonly line: number;
}

const SCALAR = /[^\s,\]}]+/y;
const SPACE = /\s*/y;

/**
 * Takes a valid JSON object or list apart without losing what `JSON.parse` loses: members of the same name, lines, and numbers
 * as they are written.
 */
export class JsonSource {
  private position = 0;
  private line = 1;

  constructor(
    private readonly text: string,
    firstLine = 1,
  ) {
    this.line = firstLine;
  }

  *parts(): Generator<JsonPart> {
    this.take(SPACE);
    const isObject = this.text[this.position] === '{';
    this.position += 1;
    for (;;) {
      this.take(SPACE);
      if (this.position >= this.text.length || /[\]}]/.test(this.text[this.position] ?? '')) return;
      const { line } = this;
      const key = isObject ? this.memberName() : null;
      yield { key, source: this.value(), line };
      this.take(SPACE);
      if (this.text[this.position] === ',') this.position += 1;
    }
  }

  private memberName(): string {
    const name: unknown = JSON.parse(this.string());
    this.take(SPACE);
    this.position += 1;
    this.take(SPACE);
    return String(name);
  }

  private value(): string {
    const start = this.position;
    let depth = 0;
    do {
      const mark = this.text[this.position] ?? '';
      if (mark === '"') this.string();
      else if (/[[\]{},:]/.test(mark)) {
        this.position += 1;
        depth += '[{'.includes(mark) ? 1 : ']}'.includes(mark) ? -1 : 0;
      } else this.take(SCALAR);
      if (depth > 0) this.take(SPACE);
    } while (depth > 0 && this.position < this.text.length);
    return this.text.slice(start, this.position);
  }

  /** No expression: one would need a stack as deep as the string is long. */
  private string(): string {
    const start = this.position;
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    this.position = end + 1;
    return this.text.slice(start, this.position);
  }

  /** Only between values are there line ends. */
  private take(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const taken = pattern.exec(this.text)?.[0] ?? '';
    for (let at = taken.indexOf('\n'); at >= 0; at = taken.indexOf('\n', at + 1)) this.line += 1;
    this.position += taken.length;
    return taken;
  }
}
