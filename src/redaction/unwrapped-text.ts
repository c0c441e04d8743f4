const LINE_END = /[ \t]*\r?\n[ \t]*/g;

/** A text without its line ends and the blanks beside them, as whoever wraps a long value at the margin means it. */
export class UnwrappedText {
  readonly text: string;
  /** Where pieces begin in the text without line ends, and where in the source; both rise. */
  readonly #begins: number[] = [0];
  readonly #sources: number[] = [0];

  constructor(source: string) {
    const pieces: string[] = [];
    let [length, from] = [0, 0];
    for (const { index, 0: end } of source.matchAll(LINE_END)) {
      pieces.push(source.slice(from, index));
      length += index - from;
      from = index + end.length;
      this.#begins.push(length);
      this.#sources.push(from);
    }
    this.text = pieces.join('') + source.slice(from);
  }

  /** Where a stretch of the text stands in the source, line ends included. */
  sourceOf({ start, end }: { readonly start: number; readonly end: number }): { start: number; end: number } {
    return { start: this.#sourceAt(start), end: this.#sourceAt(end - 1) + 1 };
  }

  #sourceAt(at: number): number {
    let [low, high] = [0, this.#begins.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#begins[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return (this.#sources[low] ?? 0) + at - (this.#begins[low] ?? 0);
  }
}
