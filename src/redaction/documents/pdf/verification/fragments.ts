import type { RemovedValue } from '../pdf-ports.js';

/** Letters or digits in a row that are taken for a piece of a value. */
const LENGTH = 5;

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** Pieces of removed values, by which what is left of one is told although it no longer looks like one. */
export class Fragments {
  readonly #pieces = new Set<string>();

  constructor(values: readonly RemovedValue[]) {
    for (const { text } of values) for (const piece of piecesOf(lettersOf(text))) this.#pieces.add(piece);
  }

  /** Whether a page as another engine reads it holds pieces that are no part of what was kept of it. */
  areIn(text: string, kept: string): boolean {
    let letters: string | undefined;
    for (const word of text.split(/\s+/)) {
      for (const piece of piecesOf(lettersOf(word))) {
        if (!this.#pieces.has(piece)) continue;
        letters ??= lettersOf(kept);
        if (!letters.includes(piece)) return true;
      }
    }
    return false;
  }
}

function* piecesOf(letters: string): Generator<string> {
  for (let at = 0; at + LENGTH <= letters.length; at++) yield letters.slice(at, at + LENGTH);
}
