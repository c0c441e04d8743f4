import { B, K1 } from './bm25.js';
import { withRoomFor } from './columns.js';
import { FREQUENCY_BITS, MOST_FREQUENT, type PostingList } from './postings.js';
import type { Top } from './top.js';

/** Lengths by slot, as scores need them; 0 where there is no chunk any more. */
export interface ScoredChunks {
  readonly lengths: Uint32Array;
  readonly averageLength: number;
}

/** Sums of scores by slot, term after term; used for one search after another. */
export class ScoreBoard {
  private scores = new Float64Array(0);
  private touched = new Uint32Array(0);
  private count = 0;

  /** Forgets the last search. @param slots how many there are now */
  clear(slots: number): void {
    for (let index = 0; index < this.count; index++) this.scores[this.touched[index] ?? 0] = 0;
    this.count = 0;
    this.scores = withRoomFor(this.scores, slots);
    this.touched = withRoomFor(this.touched, slots);
  }

  /** Adds BM25 for each chunk of a list. @param weight inverse document frequency times the term's weight in the query */
  addTerm({ entries, start, end }: PostingList, weight: number, chunks: ScoredChunks): void {
    const { lengths, averageLength } = chunks;
    const { scores, touched } = this;
    const constant = K1 * (1 - B);
    const perTerm = (K1 * B) / averageLength;
    const factor = weight * (K1 + 1);
    let count = this.count;
    for (let at = start; at < end; at++) {
      const entry = entries[at] ?? 0;
      const slot = entry >>> FREQUENCY_BITS;
      const length = lengths[slot] ?? 0;
      if (length === 0) continue;
      const frequency = entry & MOST_FREQUENT;
      const before = scores[slot] ?? 0;
      if (before === 0) touched[count++] = slot;
      scores[slot] = before + (factor * frequency) / (frequency + constant + perTerm * length);
    }
    this.count = count;
  }

  add(slot: number, score: number): void {
    const before = this.scores[slot] ?? 0;
    if (before === 0) this.touched[this.count++] = slot;
    this.scores[slot] = before + score;
  }

  /** Offers every chunk with a score that is allowed; most have too low a score for anybody to be asked. */
  offerTo(top: Top, isAllowed: (slot: number) => boolean): void {
    const { scores, touched, count } = this;
    let { least } = top;
    for (let index = 0; index < count; index++) {
      const slot = touched[index] ?? 0;
      const score = scores[slot] ?? 0;
      if (score < least || !isAllowed(slot)) continue;
      top.offer(slot, score);
      least = top.least;
    }
  }

  get bytes(): number {
    return this.scores.byteLength + this.touched.byteLength;
  }
}
