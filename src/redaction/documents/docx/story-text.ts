/** How a stretch of text stands in a tracked change. */
export type Change = 'none' | 'inserted' | 'deleted';

interface Run {
  text: string;
  readonly change: Change;
}

/** The linear text of one paragraph, deleted text included, in the order in which it stands. */
export class ParagraphText {
  readonly runs: Run[] = [];
  /** Of all runs. */
  length = 0;
  /** Its end is deleted, so the next paragraph goes on in its line. */
  isJoined = false;

  /** @param index of the paragraph in its part, in the order of their beginnings */
  constructor(readonly index: number) {}

  add(text: string, change: Change): void {
    if (text === '') return;
    const last = this.runs.at(-1);
    if (last?.change === change) last.text += text;
    else this.runs.push({ text, change });
    this.length += text.length;
  }

  has(change: Change): boolean {
    return this.runs.some((run) => run.change === change);
  }
}

/** A stretch of a paragraph, in UTF-16 code units of its whole linear text. */
export interface Place {
  readonly paragraph: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Text that is read in one go: the paragraphs of a table cell, of a text box, of the body. Searched as it reads now, and
 * where changes are tracked also as it read before, and with everything that was ever there: a value must not survive in
 * part because the other part is already deleted.
 */
export class TextGroup {
  paragraphs: ParagraphText[] = [];
  /** Made once all paragraphs are there. */
  #views: readonly TextView[] = [];
  /** What the head of its column says, for a table cell. */
  labels: readonly string[] = [];
  length = 0;

  add(paragraph: ParagraphText): void {
    this.paragraphs.push(paragraph);
    this.length += paragraph.length + 1;
  }

  /** Nothing more is added. From here on only readings are kept, which take a fraction of the room. */
  finish(): void {
    this.#views = this.#read();
    this.paragraphs = [];
  }

  /** Distinct readings of the group; the first is the one as it stands. */
  views(): readonly TextView[] {
    return this.#views;
  }

  #read(): TextView[] {
    const views = [new TextView(this.paragraphs, ({ change }) => change !== 'deleted')];
    if (!this.#has('deleted')) return views;
    views.push(new TextView(this.paragraphs, () => true));
    if (this.#has('inserted'))
      views.push(new TextView(this.paragraphs, ({ change }) => change !== 'inserted'));
    return views;
  }

  #has(change: Change): boolean {
    return this.paragraphs.some((paragraph) => paragraph.has(change));
  }
}

/** One reading of a group: its paragraphs as lines. */
export class TextView {
  readonly text: string;
  /** Of every run in it: where it begins here, its paragraph, where it begins there, and its length. */
  readonly #begins: Uint32Array;
  readonly #paragraphs: Uint32Array;
  readonly #offsets: Uint32Array;
  readonly #lengths: Uint32Array;

  constructor(paragraphs: readonly ParagraphText[], includes: (run: Run) => boolean) {
    const begins: number[] = [];
    const indexes: number[] = [];
    const offsets: number[] = [];
    const lengths: number[] = [];
    const pieces: string[] = [];
    let length = 0;
    for (const { index, runs, isJoined } of paragraphs) {
      let offset = 0;
      for (const run of runs) {
        if (includes(run)) {
          begins.push(length);
          indexes.push(index);
          offsets.push(offset);
          lengths.push(run.text.length);
          pieces.push(run.text);
          length += run.text.length;
        }
        offset += run.text.length;
      }
      if (isJoined) continue;
      pieces.push('\n');
      length++;
    }
    this.text = pieces.join('');
    this.#begins = Uint32Array.from(begins);
    this.#paragraphs = Uint32Array.from(indexes);
    this.#offsets = Uint32Array.from(offsets);
    this.#lengths = Uint32Array.from(lengths);
  }

  /** Where a stretch of the text stands: a place for each paragraph it touches, in order. */
  placesOf(start: number, end: number): Place[] {
    const places: Place[] = [];
    for (let run = this.#runAt(start); run < this.#begins.length; run++) {
      const begin = this.#begins[run] ?? 0;
      if (begin >= end) break;
      const offset = (this.#offsets[run] ?? 0) - begin;
      const from = Math.max(start, begin) + offset;
      const to = Math.min(end, begin + (this.#lengths[run] ?? 0)) + offset;
      if (from >= to) continue;
      const paragraph = this.#paragraphs[run] ?? 0;
      const last = places.at(-1);
      // What lies between two runs of one value is deleted or inserted text within it.
      if (last?.paragraph === paragraph) places[places.length - 1] = { ...last, end: to };
      else places.push({ paragraph, start: from, end: to });
    }
    return places;
  }

  /** The last run that begins at or before a place. */
  #runAt(at: number): number {
    let low = 0;
    let high = this.#begins.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#begins[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
