import type { Stretch } from '../../engine/occurrences/stretch.js';

/** A removal with what comes in its place, '' where its beginning stands elsewhere. */
export interface WrittenRemoval extends Stretch {
  readonly placeholder: string;
}

/**
 * Cuts removals out of a paragraph, whose pieces come in order. What comes in place of a removal stands in the first piece
 * that it touches, and so looks as that did.
 */
export class ParagraphCut {
  /** Of what was cut out and of what was put in, white space not counted. */
  removedCharacters = 0;
  placeholderCharacters = 0;
  #next = 0;
  #isWritten = false;

  constructor(private readonly removals: readonly WrittenRemoval[]) {}

  /** What stays of a piece that begins at an offset. */
  take(text: string, offset: number): string {
    const end = offset + text.length;
    let kept = '';
    let at = offset;
    for (
      let removal = this.#at(offset);
      removal !== undefined && removal.start < end;
      removal = this.#at(at)
    ) {
      if (removal.start > at) kept += text.slice(at - offset, removal.start - offset);
      if (!this.#isWritten) {
        kept += removal.placeholder;
        this.placeholderCharacters += visible(removal.placeholder);
      }
      this.#isWritten = true;
      const until = Math.min(end, removal.end);
      this.removedCharacters += visible(text.slice(Math.max(at, removal.start) - offset, until - offset));
      at = until;
      if (removal.end > end) break;
    }
    return kept + text.slice(at - offset);
  }

  /** Whether a sign of some length, 0 included, lies within a removal. */
  covers(offset: number, length: number): boolean {
    const removal = this.#at(offset);
    return removal !== undefined && removal.start < offset + Math.max(length, 1);
  }

  /** The first removal that ends after an offset. */
  #at(offset: number): WrittenRemoval | undefined {
    for (
      let removal = this.removals[this.#next];
      removal !== undefined;
      removal = this.removals[++this.#next]
    ) {
      if (removal.end > offset) return removal;
      this.#isWritten = false;
    }
    return undefined;
  }
}

/** Number of UTF-16 code units that are no white space. */
export function visible(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Space and ASCII controls, the no-break space, and the spaces of typographers.
    if (code > 32 && code !== 0xa0 && (code < 0x2000 || code > 0x200b) && code !== 0x3000) count++;
  }
  return count;
}
