import type { Stretch } from '../../engine/occurrences/stretch.js';

/** A text in which some stretches read otherwise than they are spelled, and where each of its characters comes from. */
export class MappedText {
  readonly text: string;
  /** Of each stretch that reads otherwise: here, there, and their lengths. */
  readonly #changes: readonly Change[];

  /** @param read what a match of the pattern reads as; undefined for itself */
  constructor(source: string, pattern: RegExp, read: (match: RegExpExecArray) => string | undefined) {
    const pieces: string[] = [];
    const changes: Change[] = [];
    let [copied, length] = [0, 0];
    for (const match of source.matchAll(pattern)) {
      const reading = read(match);
      if (reading === undefined) continue;
      length += match.index - copied;
      pieces.push(source.slice(copied, match.index), reading);
      copied = match.index + match[0].length;
      changes.push({ at: length, length: reading.length, source: match.index, spelled: match[0].length });
      length += reading.length;
    }
    pieces.push(source.slice(copied));
    this.text = pieces.join('');
    this.#changes = changes;
  }

  get isAsSpelled(): boolean {
    return this.#changes.length === 0;
  }

  /** The stretch of the source, whole stretches that read otherwise. */
  sourceOf({ start, end }: Stretch): Stretch {
    return { start: this.#source(start, false), end: this.#source(end, true) };
  }

  #source(at: number, isEnd: boolean): number {
    let low = 0;
    let high = this.#changes.length;
    // The last change that begins before the place, or at it where the place is a beginning.
    while (low < high) {
      const middle = (low + high) >> 1;
      const change = this.#changes[middle];
      if (change !== undefined && (isEnd ? change.at < at : change.at <= at)) low = middle + 1;
      else high = middle;
    }
    const change = this.#changes[low - 1];
    if (change === undefined) return at;
    const behind = at - change.at - change.length;
    if (behind >= 0) return change.source + change.spelled + behind;
    return isEnd ? change.source + change.spelled : change.source;
  }
}

interface Change {
  readonly at: number;
  readonly length: number;
  readonly source: number;
  readonly spelled: number;
}
