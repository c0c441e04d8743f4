import { BlockPool, capacityFor } from './block-pool.js';
import { withRoomFor } from './columns.js';

/** Bits of an entry that count; those above say in which slot the chunk is. */
export const FREQUENCY_BITS = 8;
export const MOST_FREQUENT = (1 << FREQUENCY_BITS) - 1;
export const MOST_SLOTS = 2 ** (32 - FREQUENCY_BITS);

/** Fewer stale entries than this are no reason to tidy up. */
const TOLERATED = 8;

/** What a list of postings is read from: entries `start` up to `end` of an array. */
export interface PostingList {
  readonly entries: Uint32Array;
  readonly start: number;
  readonly end: number;
}

/**
 * For each term the slots of the chunks that have it, in no order. Entries of removed chunks stay until they are half as many as
 * the others; then the list is written anew, so that removing costs as much as adding did and no list is ever long for nothing.
 */
export class Postings {
  private addresses = new Uint32Array(0);
  private counts = new Uint32Array(0);
  private live = new Uint32Array(0);
  /** By slot: how many entries still speak of a chunk that is gone. */
  private stale = new Uint32Array(0);

  /** @param onSlotFree called when nothing speaks of a removed chunk's slot any more */
  constructor(
    private readonly pool: BlockPool,
    private readonly onSlotFree: (slot: number) => void,
  ) {}

  /** How many chunks have a term. */
  frequencyOf(term: number): number {
    return this.live[term] ?? 0;
  }

  /** May hold entries of removed chunks. */
  listOf(term: number): PostingList {
    const address = this.addresses[term] ?? 0;
    const start = this.pool.offsetOf(address);
    return { entries: this.pool.pageOf(address), start, end: start + (this.counts[term] ?? 0) };
  }

  add(term: number, slot: number, frequency: number): void {
    this.addresses = withRoomFor(this.addresses, term);
    this.counts = withRoomFor(this.counts, term);
    this.live = withRoomFor(this.live, term);
    const count = this.counts[term] ?? 0;
    if (count === 0 || count === capacityFor(count)) this.grow(term, count);
    const address = this.addresses[term] ?? 0;
    this.pool.pageOf(address)[this.pool.offsetOf(address) + count] =
      slot * 2 ** FREQUENCY_BITS + Math.min(frequency, MOST_FREQUENT);
    this.counts[term] = count + 1;
    this.live[term] = (this.live[term] ?? 0) + 1;
  }

  /**
   * Takes a chunk from the lists of its terms, each named once.
   * @returns those of the terms that no chunk has any more
   */
  remove(terms: readonly number[], slot: number): number[] {
    if (terms.length === 0) this.onSlotFree(slot);
    this.stale = withRoomFor(this.stale, slot);
    this.stale[slot] = terms.length;
    const gone: number[] = [];
    for (const term of terms) {
      const live = (this.live[term] ?? 0) - 1;
      this.live[term] = live;
      const stale = (this.counts[term] ?? 0) - live;
      if (live === 0 || stale > TOLERATED + live / 2) this.tidy(term, live);
      if (live === 0) gone.push(term);
    }
    return gone;
  }

  get bytes(): number {
    return this.addresses.byteLength + this.counts.byteLength + this.live.byteLength + this.stale.byteLength;
  }

  private grow(term: number, count: number): void {
    const address = this.pool.allocate(count + 1);
    if (count > 0) {
      const { entries, start, end } = this.listOf(term);
      this.pool.pageOf(address).set(entries.subarray(start, end), this.pool.offsetOf(address));
      this.pool.release(this.addresses[term] ?? 0, count);
    }
    this.addresses[term] = address;
  }

  /** Writes a list anew without what is stale. */
  private tidy(term: number, live: number): void {
    const { entries, start, end } = this.listOf(term);
    const address = live > 0 ? this.pool.allocate(live) : 0;
    const target = this.pool.pageOf(address);
    let to = this.pool.offsetOf(address);
    for (let at = start; at < end; at++) {
      const entry = entries[at] ?? 0;
      const slot = entry >>> FREQUENCY_BITS;
      const left = this.stale[slot] ?? 0;
      if (left === 0) target[to++] = entry;
      else {
        this.stale[slot] = left - 1;
        if (left === 1) this.onSlotFree(slot);
      }
    }
    this.pool.release(this.addresses[term] ?? 0, end - start);
    this.addresses[term] = address;
    this.counts[term] = live;
  }
}
