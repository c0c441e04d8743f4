/**
 * A text made of another one, which knows of each of its UTF-16 code units from which stretch of the source it comes. So
 * whatever a tokenizer does to letters, its tokens have their places in the source.
 */
export class AlignedText {
  private constructor(
    readonly text: string,
    /** Of each code unit, the stretch of the source it comes from. */
    private readonly starts: readonly number[],
    private readonly ends: readonly number[],
  ) {}

  static of(source: string): AlignedText {
    const starts: number[] = [];
    const ends: number[] = [];
    for (const character of source) {
      const start = starts.length;
      for (let unit = 0; unit < character.length; unit++) {
        starts.push(start);
        ends.push(start + character.length);
      }
    }
    return new AlignedText(source, starts, ends);
  }

  /** A text all of which comes from one stretch. */
  private static from(text: string, start: number, end: number): AlignedText {
    const units = { length: text.length };
    return new AlignedText(
      text,
      Array.from(units, () => start),
      Array.from(units, () => end),
    );
  }

  private static join(parts: readonly AlignedText[]): AlignedText {
    return new AlignedText(
      parts.map(({ text }) => text).join(''),
      parts.flatMap(({ starts }) => starts),
      parts.flatMap(({ ends }) => ends),
    );
  }

  get isEmpty(): boolean {
    return this.text === '';
  }

  slice(from: number, to: number): AlignedText {
    return new AlignedText(this.text.slice(from, to), this.starts.slice(from, to), this.ends.slice(from, to));
  }

  /** Where a stretch comes from, in code units of the source; end exclusive. */
  sourceOf(from: number, to: number): { readonly start: number; readonly end: number } {
    let start = Number.POSITIVE_INFINITY;
    let end = 0;
    for (let at = from; at < to; at++) {
      start = Math.min(start, this.starts[at] ?? start);
      end = Math.max(end, this.ends[at] ?? end);
    }
    return { start: Math.min(start, end), end };
  }

  /** Every match in the place of which something else stands; all of that comes from the whole match. */
  replaceAll(pattern: RegExp, replace: (match: string) => string): AlignedText {
    const parts: AlignedText[] = [];
    let from = 0;
    for (const { 0: match, index } of this.text.matchAll(pattern)) {
      const replacement = replace(match);
      if (replacement === match) continue;
      const { start, end } = this.sourceOf(index, index + match.length);
      parts.push(this.slice(from, index), AlignedText.from(replacement, start, end));
      from = index + match.length;
    }
    return from === 0 ? this : AlignedText.join([...parts, this.slice(from, this.text.length)]);
  }

  /** With a text in front that comes from nowhere. */
  prepend(prefix: string): AlignedText {
    const start = this.starts[0] ?? 0;
    return AlignedText.join([AlignedText.from(prefix, start, start), this]);
  }

  /** Every code point in the place of which a text stands. */
  map(replace: (character: string) => string): AlignedText {
    return this.replaceAll(/./gsu, replace);
  }
}
