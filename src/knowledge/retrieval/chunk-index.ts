import { BlockPool } from './block-pool.js';
import { B, inverseDocumentFrequency, K1 } from './bm25.js';
import { type ChunkQuery, readQuery } from './chunk-query.js';
import { ChunkReader } from './chunk-reader.js';
import { type ChunkId, ChunkTable, compareIds } from './chunk-table.js';
import {
  COMMONEST_SHARE,
  type Expansion,
  expansionsOf,
  FEEDBACK_CHUNKS,
  FEEDBACK_SHARE,
} from './feedback.js';
import { Lexicon } from './lexicon.js';
import { MOST_SLOTS, Postings } from './postings.js';
import { nearness, neighbours } from './proximity.js';
import { ScoreBoard, type ScoredChunks } from './score-board.js';
import { Top } from './top.js';

export interface Chunk {
  readonly id: ChunkId;
  readonly text: string;
  /** Headings, the document's name: whatever says what the text is about. */
  readonly title?: string;
  /** What it is filtered and removed by, such as the document it is part of. */
  readonly group?: string;
}

export interface ChunkSearch {
  /** How many are wanted at most; 10 unless told. */
  readonly limit?: number;
  /** Which groups may be found, and learned from; asked once for each. */
  readonly filter?: (group: string | undefined) => boolean;
}

export interface ChunkHit {
  readonly id: ChunkId;
  /** Above 0; to be compared within one search alone. */
  readonly score: number;
}

/**
 * A word of the title is worth as many of the text: S. Robertson, H. Zaragoza and M. Taylor, "Simple BM25 Extension to Multiple
 * Weighted Fields", CIKM 2004, who add up weighted frequencies before they saturate.
 */
const TITLE_WEIGHT = 2;
const PROXIMITY_WEIGHT = 0.4;
/** Nearness is looked at in no more chunks than these. */
const LOOKED_AT = 100;

/** Neighbours in a query, which count by the weight of the lesser. */
interface TermPair {
  readonly one: number;
  readonly other: number;
  readonly weight: number;
}

/**
 * Chunks of text in memory, ranked for questions in natural language: BM25 with a weighted title, widened by what the best chunks
 * say, refined by how near the question's words stand to each other. Any term is enough to be found. Texts are not kept.
 *
 * What a search gives depends on the chunks that are there, not on what was added and removed to get there. Adding and removing
 * a chunk takes time that grows with its length.
 */
export class ChunkIndex {
  private readonly reader = new ChunkReader();
  private readonly pool = new BlockPool();
  private readonly lexicon = new Lexicon();
  private readonly table = new ChunkTable(this.pool);
  private readonly postings = new Postings(this.pool, (slot) => this.table.release(slot));
  private readonly board = new ScoreBoard();
  private totalLength = 0;

  /** How many chunks there are. */
  get size(): number {
    return this.table.size;
  }

  /** About how much memory it takes, in bytes. */
  get estimatedBytes(): number {
    return this.pool.bytes + this.lexicon.bytes + this.table.bytes + this.postings.bytes + this.board.bytes;
  }

  /** Adds a chunk, in the place of the one with the same id. @throws RangeError when there are 2^24 chunks */
  add({ id, text, title = '', group }: Chunk): void {
    this.remove(id);
    if (this.table.slotCount >= MOST_SLOTS) throw new RangeError('an index holds at most 2^24 chunks');
    const inText = this.reader.read(text);
    const inTitle = this.reader.read(title);
    const body = inText.terms.map((term) => this.lexicon.intern(term));
    const heading = inTitle.terms.map((term) => this.lexicon.intern(term));
    const joined = [...inText.joined, ...inTitle.joined].map((term) => this.lexicon.intern(term));
    // One of joined stop words alone has no other words.
    const length = Math.max(1, body.length + TITLE_WEIGHT * heading.length);
    const stopBits = inText.stopBits.map((bits, index) => bits | (inTitle.stopBits[index] ?? 0));
    const slot = this.table.add({ id, group, body, title: heading, joined, stopBits, length });
    this.totalLength += length;
    const frequencies = new Map<number, number>();
    for (const term of body) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
    for (const term of heading) frequencies.set(term, (frequencies.get(term) ?? 0) + TITLE_WEIGHT);
    for (const term of joined) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
    for (const [term, frequency] of frequencies) this.postings.add(term, slot, frequency);
  }

  /** @returns whether there was such a chunk */
  remove(id: ChunkId): boolean {
    const slot = this.table.slotOf(id);
    if (slot === undefined) return false;
    this.removeSlot(slot);
    return true;
  }

  /**
   * Removes the chunks of a group.
   * @param most how many at a time, for callers that let others work in between; all unless told
   * @returns how many are left
   */
  removeGroup(group: string, most = Number.POSITIVE_INFINITY): number {
    const slots = this.table.slotsOfGroup(group);
    let removed = 0;
    for (const slot of slots) {
      if (removed++ >= most) break;
      this.removeSlot(slot);
    }
    return slots.size;
  }

  /** The best chunks first; those with the same score by id. Empty when no chunk has a word of the query. */
  search(query: string, { limit = 10, filter }: ChunkSearch = {}): ChunkHit[] {
    if (limit < 1 || this.size === 0) return [];
    this.board.clear(this.table.slotCount);
    const wanted = readQuery(query, this.reader);
    const isAllowed = this.permission(filter);
    const ranked =
      wanted.terms.length === 0
        ? this.rankByStopWords(wanted.stopWords, isAllowed, limit)
        : this.rankByTerms(wanted, isAllowed, limit);
    return ranked.map(({ thing, score }) => ({ id: this.table.idOf(thing), score }));
  }

  private removeSlot(slot: number): void {
    const terms = [...new Set(this.table.termsOf(slot))];
    this.totalLength -= this.table.lengths[slot] ?? 0;
    this.table.remove(slot);
    for (const term of this.postings.remove(terms, slot)) this.lexicon.forget(term);
  }

  private rankByTerms(wanted: ChunkQuery, isAllowed: (slot: number) => boolean, limit: number) {
    const chunks = this.scored();
    for (const { term, weight } of wanted.terms) {
      const number = this.lexicon.find(term);
      if (number !== undefined) this.addTerm(number, weight, chunks);
    }
    for (const { number, weight } of this.expansions(isAllowed, chunks)) this.addTerm(number, weight, chunks);
    const near = this.best(Math.max(limit, LOOKED_AT), isAllowed);
    const numbers = wanted.sequence.flatMap((term) => this.lexicon.find(term) ?? []);
    const pairs = neighbours(numbers).map(
      ([one, other]): TermPair => ({ one, other, weight: Math.min(this.idf(one), this.idf(other)) }),
    );
    const top = this.newTop(limit);
    for (const { thing, score } of near) top.offer(thing, score + this.proximity(thing, pairs, chunks));
    return top.ranked();
  }

  /** A query of stop words alone is about how many of them, and which, a chunk has. */
  private rankByStopWords(stopWords: readonly number[], isAllowed: (slot: number) => boolean, limit: number) {
    for (const number of stopWords) {
      const having: number[] = [];
      for (let slot = 0; slot < this.table.slotCount; slot++)
        if (this.table.alive[slot] === 1 && this.table.hasStopWord(slot, number)) having.push(slot);
      const weight = inverseDocumentFrequency(this.size, having.length);
      for (const slot of having) this.board.add(slot, weight);
    }
    return this.best(limit, isAllowed);
  }

  private scored(): ScoredChunks {
    const { lengths } = this.table;
    return { lengths, averageLength: Math.max(1, this.totalLength / this.size) };
  }

  private idf(term: number): number {
    return inverseDocumentFrequency(this.size, this.postings.frequencyOf(term));
  }

  private addTerm(term: number, weight: number, chunks: ScoredChunks): void {
    this.board.addTerm(this.postings.listOf(term), weight * this.idf(term), chunks);
  }

  private expansions(isAllowed: (slot: number) => boolean, chunks: ScoredChunks): Expansion[] {
    const count = Math.min(FEEDBACK_CHUNKS, Math.floor(this.size * FEEDBACK_SHARE));
    if (count === 0) return [];
    const commonest = this.size * COMMONEST_SHARE;
    return expansionsOf(
      this.best(count, isAllowed).map(({ thing, score }) => ({
        terms: this.table.termsOf(thing),
        saturation: (frequency) => this.saturation(frequency, thing, chunks),
        score,
      })),
      (term) => (this.postings.frequencyOf(term) <= commonest ? this.idf(term) : 0),
      (term) => this.lexicon.termOf(term),
    );
  }

  private saturation(frequency: number, slot: number, { lengths, averageLength }: ScoredChunks): number {
    const relativeLength = (lengths[slot] ?? 0) / averageLength;
    return (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + B * relativeLength));
  }

  private proximity(slot: number, pairs: readonly TermPair[], chunks: ScoredChunks): number {
    const body = this.table.bodyOf(slot);
    const title = this.table.titleOf(slot);
    let sum = 0;
    for (const { one, other, weight } of pairs) {
      const near = nearness(body, one, other) + nearness(title, one, other);
      if (near > 0) sum += weight * this.saturation(near, slot, chunks);
    }
    return PROXIMITY_WEIGHT * sum;
  }

  private newTop(limit: number): Top {
    return new Top(limit, (one, other) => compareIds(this.table.idOf(one), this.table.idOf(other)));
  }

  private best(limit: number, isAllowed: (slot: number) => boolean): { thing: number; score: number }[] {
    const top = this.newTop(Math.min(limit, this.size));
    this.board.offerTo(top, isAllowed);
    return top.ranked();
  }

  private permission(filter: ChunkSearch['filter']): (slot: number) => boolean {
    if (!filter) return () => true;
    const known = new Map<string | undefined, boolean>();
    return (slot) => {
      const group = this.table.groupAt(slot);
      let isAllowed = known.get(group);
      if (isAllowed === undefined) {
        isAllowed = filter(group);
        known.set(group, isAllowed);
      }
      return isAllowed;
    };
  }
}
