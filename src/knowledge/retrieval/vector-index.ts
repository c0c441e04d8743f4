import { type ChunkId, compareIds } from './chunk-table.js';
import { Top } from './top.js';

export interface VectorSearch {
  /** How many are wanted at most; 10 unless told. */
  readonly limit?: number;
  readonly filter?: (id: ChunkId) => boolean;
}

export interface VectorHit {
  readonly id: ChunkId;
  /** Cosine of the angle between the two, from -1 to 1. */
  readonly score: number;
}

const ROWS_PER_PAGE = 1_024;
const BYTES_PER_ID = 120;

/** Sums that do not wait for each other: a processor works on several at once. */
function dot(page: Float32Array, from: number, query: Float32Array): number {
  const { length } = query;
  const whole = length - (length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let at = 0; at < whole; at += 4) {
    const row = from + at;
    a += (page[row] ?? 0) * (query[at] ?? 0);
    b += (page[row + 1] ?? 0) * (query[at + 1] ?? 0);
    c += (page[row + 2] ?? 0) * (query[at + 2] ?? 0);
    d += (page[row + 3] ?? 0) * (query[at + 3] ?? 0);
  }
  for (let at = whole; at < length; at++) a += (page[from + at] ?? 0) * (query[at] ?? 0);
  return a + b + (c + d);
}

/**
 * Vectors in memory, searched one and all, so that what is found is exactly the nearest. They lie one after another as 32-bit
 * numbers of length one; the last takes the place of one that is removed.
 */
export class VectorIndex {
  private readonly pages: Float32Array[] = [];
  private readonly ids: ChunkId[] = [];
  private readonly rows = new Map<ChunkId, number>();

  /** @param dimensions of every vector */
  constructor(readonly dimensions: number) {
    if (!Number.isInteger(dimensions) || dimensions < 1) throw new RangeError('dimensions is a whole number');
  }

  get size(): number {
    return this.ids.length;
  }

  get estimatedBytes(): number {
    const page = ROWS_PER_PAGE * this.dimensions * Float32Array.BYTES_PER_ELEMENT;
    return this.pages.length * page + this.ids.length * BYTES_PER_ID;
  }

  /**
   * Adds a vector, in the place of the one with the same id.
   * @throws RangeError when it has other dimensions, no length or what is no number
   */
  add(id: ChunkId, vector: ArrayLike<number>): void {
    const unit = this.normalized(vector);
    const row = this.rows.get(id) ?? this.ids.length;
    if (row === this.pages.length * ROWS_PER_PAGE)
      this.pages.push(new Float32Array(ROWS_PER_PAGE * this.dimensions));
    this.rowAt(row).set(unit);
    this.rows.set(id, row);
    this.ids[row] = id;
  }

  /** @returns whether there was such a vector */
  remove(id: ChunkId): boolean {
    const row = this.rows.get(id);
    const last = this.ids.at(-1);
    if (row === undefined || last === undefined) return false;
    const lastRow = this.ids.length - 1;
    if (row !== lastRow) {
      this.rowAt(row).set(this.rowAt(lastRow));
      this.ids[row] = last;
      this.rows.set(last, row);
    }
    this.ids.pop();
    this.rows.delete(id);
    // One empty page stays, lest a vector that comes and goes at a page's end costs a page each time.
    if (this.pages.length > Math.ceil(this.ids.length / ROWS_PER_PAGE) + 1) this.pages.pop();
    return true;
  }

  /** The nearest first; those as near by id. @throws RangeError as {@link add} does */
  search(vector: ArrayLike<number>, { limit = 10, filter }: VectorSearch = {}): VectorHit[] {
    const query = this.normalized(vector);
    if (limit < 1 || this.size === 0) return [];
    const idOf = (row: number): ChunkId => this.ids[row] ?? '';
    const top = new Top(Math.min(limit, this.size), (one, other) => compareIds(idOf(one), idOf(other)));
    for (let row = 0; row < this.ids.length; row++) {
      if (filter && !filter(idOf(row))) continue;
      const page = this.pages[Math.floor(row / ROWS_PER_PAGE)];
      if (page) top.offer(row, dot(page, (row % ROWS_PER_PAGE) * this.dimensions, query));
    }
    return top.ranked().map(({ thing, score }) => ({
      id: idOf(thing),
      score: Math.max(-1, Math.min(1, score)),
    }));
  }

  private rowAt(row: number): Float32Array {
    const from = (row % ROWS_PER_PAGE) * this.dimensions;
    const page = this.pages[Math.floor(row / ROWS_PER_PAGE)] ?? new Float32Array(0);
    return page.subarray(from, from + this.dimensions);
  }

  private normalized(vector: ArrayLike<number>): Float32Array {
    if (vector.length !== this.dimensions)
      throw new RangeError(`vectors here have ${this.dimensions} dimensions`);
    const values = Float64Array.from(vector);
    const length = Math.hypot(...values);
    if (!(length > 0 && Number.isFinite(length))) throw new RangeError('a vector has a length');
    return Float32Array.from(values, (value) => value / length);
  }
}
