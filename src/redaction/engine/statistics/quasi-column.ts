import { type ColumnKind, type ColumnReading, isMissing, isoDay } from './cell-values.js';

/** Rank of a missing cell: before all values. */
const MISSING = -1;
/** Longest set that a generalization lists. */
const MOST_LISTED = 5;
const MOST_SET_LENGTH = 100;
/** Stands for any value, a missing one included. */
export const ANY = '*';

/** A class of rows as one column sees it. */
export interface Extent {
  /** Ranks; `low` is −1 as soon as one row misses the value, `high` is −1 when all do. */
  readonly low: number;
  readonly high: number;
}

/**
 * A quasi-identifying column of a table: its values in order, each row's rank among them, and how classes of rows are
 * described.
 */
export class QuasiColumn {
  /** By row. */
  readonly ranks: Int32Array;
  readonly kind: ColumnKind;
  readonly #texts: readonly string[];
  /** Places on the number line by rank; for categories the ranks themselves. */
  readonly #places: readonly number[];
  readonly #coded: boolean;

  /** @param texts by row; absent cells as empty texts */
  constructor(texts: readonly string[], { kind, placeOf }: ColumnReading, coded: boolean) {
    this.kind = kind;
    const placed = new Map<string | number, { text: string; place: number }>();
    const keyOf = (text: string): string | number => placeOf(text) ?? text.trim();
    for (const text of texts) {
      if (!isMissing(text) && !placed.has(keyOf(text)))
        placed.set(keyOf(text), { text, place: placeOf(text) ?? 0 });
    }
    const sorted = [...placed].sort(([, a], [, b]) => a.place - b.place || (a.text < b.text ? -1 : 1));
    const rankOf = new Map(sorted.map(([key], rank) => [key, rank]));
    this.ranks = Int32Array.from(texts, (text) =>
      isMissing(text) ? MISSING : (rankOf.get(keyOf(text)) ?? MISSING),
    );
    this.#texts = sorted.map(([, { text, place }]) => (kind === 'date' ? isoDay(place) : text.trim()));
    this.#places = sorted.map(([, { place }], rank) => (kind === 'category' ? rank : place));
    this.#coded = coded && isFixedLength(this.#texts);
  }

  extentOf(rows: Iterable<number>): Extent {
    let low = Number.POSITIVE_INFINITY;
    let high = MISSING;
    for (const row of rows) {
      const rank = this.ranks[row] ?? MISSING;
      if (rank < low) low = rank;
      if (rank > high) high = rank;
    }
    return { low, high };
  }

  /** Length of an extent as a share of the whole column's, 0 to 1; 1 as soon as some, but not all, values are missing. */
  width({ low, high }: Extent): number {
    if (low === high) return 0;
    if (low === MISSING) return 1;
    const whole = this.#place(this.#places.length - 1) - this.#place(0);
    return whole === 0 ? 0 : (this.#place(high) - this.#place(low)) / whole;
  }

  /**
   * The least this table's vocabulary can say of all rows of a class: a range, a month or years, a common prefix, a set, or
   * {@link ANY}. Every row's value lies within.
   */
  describe(rows: Iterable<number>): string {
    const ranks = new Set<number>();
    for (const row of rows) ranks.add(this.ranks[row] ?? MISSING);
    const sorted = [...ranks].sort((a, b) => a - b);
    const [low = MISSING] = sorted;
    const high = sorted.at(-1) ?? MISSING;
    if (low === MISSING) return ANY;
    if (low === high) return this.#text(low);
    if (this.kind === 'number') return `${this.#text(low)}..${this.#text(high)}`;
    return this.kind === 'date' ? this.#period(low, high) : this.#group(sorted);
  }

  #period(low: number, high: number): string {
    const [first, last] = [this.#text(low), this.#text(high)];
    if (first.slice(0, 7) === last.slice(0, 7)) return first.slice(0, 7);
    const [from, to] = [first.slice(0, 4), last.slice(0, 4)];
    return from === to ? from : `${from}..${to}`;
  }

  /** A slash divides no CSV. */
  #group(ranks: readonly number[]): string {
    const texts = ranks.map((rank) => this.#text(rank));
    if (this.#coded) {
      const prefix = commonPrefix(texts);
      return prefix === '' ? ANY : prefix + ANY.repeat((texts[0]?.length ?? 0) - prefix.length);
    }
    const listed = `{${texts.join('/')}}`;
    return texts.length > MOST_LISTED || listed.length > MOST_SET_LENGTH ? ANY : listed;
  }

  #text(rank: number): string {
    return this.#texts[rank] ?? '';
  }

  #place(rank: number): number {
    return this.#places[rank] ?? 0;
  }
}

const isFixedLength = (texts: readonly string[]): boolean =>
  new Set(texts.map(({ length }) => length)).size === 1;

function commonPrefix(texts: readonly string[]): string {
  const [first = ''] = texts;
  let length = 0;
  while (length < first.length && texts.every((text) => text.charAt(length) === first.charAt(length)))
    length++;
  return first.slice(0, length);
}
