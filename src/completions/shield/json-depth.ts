const QUOTE = 34;
const BACKSLASH = 92;
const OPENINGS = new Set([91, 123]);
const SPACES = new Set([9, 10, 13, 32]);
const ESCAPED: ReadonlyMap<number, number> = new Map(
  ['b\b', 'f\f', 'n\n', 'r\r', 't\t'].map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]),
);
const LOWER_U = 117;

/** Deeper strings in strings are taken for text: each level doubles the backslashes before a quote. */
const DEEPEST = 12;

/** One text of which its first character decides whether it is JSON. */
class Level {
  private inner: Level | undefined;
  private isJson: boolean | undefined;
  private inString = false;
  /** The character taken last, where it is no part of a string. */
  private latest = Number.NaN;
  /** What is left of an escape sequence: 0 for none, 5 behind the backslash, 4 to 1 digits. */
  private escape = 0;
  private code = 0;

  constructor(
    private readonly level: number,
    isCertain: boolean,
  ) {
    if (isCertain) this.isJson = true;
  }

  /** Strings that stand around the place that was reached. */
  get depth(): number {
    return this.inString ? 1 + (this.inner?.depth ?? 0) : 0;
  }

  /** The character taken last, as the innermost of these strings reads it; NaN at its beginning and in an escape. */
  get last(): number {
    if (!this.inString) return this.latest;
    return this.escape === 0 ? (this.inner?.last ?? Number.NaN) : Number.NaN;
  }

  /** Whether it is known to be no JSON, so that nothing in it matters but its end. */
  get isText(): boolean {
    return this.isJson === false;
  }

  take(code: number): void {
    this.latest = code;
    if (this.isJson === undefined) {
      if (SPACES.has(code)) return;
      this.isJson = OPENINGS.has(code) && this.level < DEEPEST;
    }
    if (!this.isJson) return;
    if (this.inString) this.takeInString(code);
    else if (code === QUOTE) {
      this.inString = true;
      this.inner = new Level(this.level + 1, false);
    }
  }

  private takeInString(code: number): void {
    if (this.escape === 0) {
      if (code === BACKSLASH) this.escape = 5;
      else if (code === QUOTE) this.inString = false;
      else this.inner?.take(code);
    } else if (this.escape === 5) this.takeEscaped(code);
    else {
      this.code = this.code * 16 + Number.parseInt(String.fromCharCode(code), 16);
      if (--this.escape === 0) this.inner?.take(this.code);
    }
  }

  private takeEscaped(code: number): void {
    this.escape = code === LOWER_U ? 4 : 0;
    this.code = 0;
    if (this.escape === 0) this.inner?.take(ESCAPED.get(code) ?? code);
  }
}

/**
 * Follows a text that may be JSON, piece by piece, into the strings of it that are JSON themselves: those whose content
 * begins with a brace or bracket.
 */
export class JsonDepth {
  readonly #root: Level;

  /** @param isCertain it is JSON whatever it begins with */
  constructor(isCertain: boolean) {
    this.#root = new Level(0, isCertain);
  }

  /** How many JSON strings stand around the place reached: how often a text put there is to be escaped. */
  get depth(): number {
    return this.#root.depth;
  }

  /** The character before that place, read through all escapes; NaN at the beginning of a text or string. */
  get last(): number {
    return this.#root.last;
  }

  pass(text: string): void {
    const root = this.#root;
    let at = 0;
    while (at < text.length && !root.isText) root.take(text.charCodeAt(at++));
    if (at < text.length) root.take(text.charCodeAt(text.length - 1));
  }
}

/**
 * A text as it is spelled in a JSON string within that many strings.
 * @throws RangeError when it becomes longer than `longest`
 */
export function escapedFor(depth: number, text: string, longest: number): string {
  let escaped = text;
  for (let level = 0; level < depth; level++) {
    if (escaped.length > longest) throw new RangeError('an escaped text is too long');
    escaped = JSON.stringify(escaped).slice(1, -1);
  }
  return escaped;
}
