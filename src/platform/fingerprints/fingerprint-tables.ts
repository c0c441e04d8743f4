import type { Fingerprint, FingerprintHalf } from './fingerprint.js';
import { STRIDE } from './hashes.js';

/** Entries in chains: the heads by the low bits of a hash, and behind each entry the next. -1 ends a chain. */
interface Chains {
  readonly heads: Int32Array;
  readonly next: Int32Array;
}

/**
 * Windows: chains by hash, and of each its hash, its place in the text it belongs to, that text's length, and whether it is
 * one by which the whole is found, or the first half, or both (bits `WHOLE` and `HALF`).
 */
export interface WindowTable extends Chains {
  readonly hashes: Int32Array;
  readonly places: Int32Array;
  readonly lengths: Int32Array;
  readonly kinds: Uint8Array;
}

/** Chains by check, and of each entry its check, length, place of its first window, and digest (four numbers). */
export interface ProofTable extends Chains {
  readonly checks: Int32Array;
  readonly lengths: Int32Array;
  readonly bases: Int32Array;
  readonly digests: Int32Array;
}

export interface TextTable extends ProofTable {
  readonly numbers: Int32Array;
}

/** Whether the digest is that of an entry. */
export function isProved({ digests }: ProofTable, index: number, digest: Buffer): boolean {
  for (let part = 0; part < 4; part++)
    if (digests[index * 4 + part] !== digest.readInt32LE(part * 4)) return false;
  return true;
}

/** The least power of two that is not below a number, and not below two. */
export const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(Math.max(2, least)));

/** Entries by hash, while they are added. */
class Table {
  readonly heads: Int32Array;
  readonly next: Int32Array;
  count = 0;

  constructor(most: number) {
    this.heads = new Int32Array(powerOfTwo(most * 2)).fill(-1);
    this.next = new Int32Array(most).fill(-1);
  }

  /** The first entry of the hash's chain for which `isSame` holds; -1 when there is none. */
  find(hash: number, isSame: (index: number) => boolean): number {
    let index = this.heads[hash & (this.heads.length - 1)] ?? -1;
    while (index >= 0 && !isSame(index)) index = this.next[index] ?? -1;
    return index;
  }

  add(hash: number): number {
    const head = hash & (this.heads.length - 1);
    this.next[this.count] = this.heads[head] ?? -1;
    this.heads[head] = this.count;
    return this.count++;
  }
}

/** Windows of the same hash, place and length are one, however many texts begin alike: the check tells these apart. */
export class Windows {
  readonly #table: Table;
  readonly #hashes: Int32Array;
  readonly #places: Int32Array;
  readonly #lengths: Int32Array;
  readonly #kinds: Uint8Array;

  constructor(most: number) {
    this.#table = new Table(most);
    this.#hashes = new Int32Array(most);
    this.#places = new Int32Array(most);
    this.#lengths = new Int32Array(most);
    this.#kinds = new Uint8Array(most);
  }

  /** @param length of the whole text */
  add({ windows, base }: Pick<Fingerprint, 'windows' | 'base'>, length: number, kind: number): void {
    for (let place = base; place < base + STRIDE; place++) {
      const index = this.#entry(windows[place - base] ?? 0, place, length);
      this.#kinds[index] = (this.#kinds[index] ?? 0) | kind;
    }
  }

  done(): WindowTable {
    const { heads, next, count } = this.#table;
    return {
      heads,
      next: next.slice(0, count),
      hashes: this.#hashes.slice(0, count),
      places: this.#places.slice(0, count),
      lengths: this.#lengths.slice(0, count),
      kinds: this.#kinds.slice(0, count),
    };
  }

  #entry(hash: number, place: number, length: number): number {
    const isSame = (index: number): boolean =>
      this.#hashes[index] === hash && this.#places[index] === place && this.#lengths[index] === length;
    const known = this.#table.find(hash, isSame);
    if (known >= 0) return known;
    const index = this.#table.add(hash);
    this.#hashes[index] = hash;
    this.#places[index] = place;
    this.#lengths[index] = length;
    return index;
  }
}

export class Texts {
  readonly #table: Table;
  readonly #chosen: Fingerprint[] = [];
  readonly #numbers: number[] = [];

  constructor(most: number) {
    this.#table = new Table(most);
  }

  get size(): number {
    return this.#chosen.length;
  }

  /** Nothing when the text is there already. */
  add(fingerprint: Fingerprint, number: number): void {
    const { check, digest } = fingerprint;
    const isSame = (index: number): boolean => isEqual(this.#chosen[index]?.digest, digest);
    if (this.#table.find(check, isSame) >= 0) return;
    this.#table.add(check);
    this.#chosen.push(fingerprint);
    this.#numbers.push(number);
  }

  all(): readonly Fingerprint[] {
    return this.#chosen;
  }

  done(): TextTable {
    return { ...proofsOf(this.#table, this.#chosen), numbers: Int32Array.from(this.#numbers) };
  }
}

/** A first half, with the text it is of. */
interface Half {
  readonly half: FingerprintHalf;
  readonly length: number;
  /** Of the whole text. */
  readonly digest: readonly number[];
}

export class Halves {
  readonly #most: number;
  readonly #table: Table;
  readonly #seen: Half[] = [];
  readonly #shared = new Set<number>();

  constructor(most: number) {
    this.#most = most;
    this.#table = new Table(most);
  }

  /** At most how many {@link all} gives. */
  get size(): number {
    return this.#seen.length - this.#shared.size;
  }

  add({ half, length, digest }: Fingerprint): void {
    if (!half) return;
    const isSame = (index: number): boolean => isEqual(this.#seen[index]?.half.digest, half.digest);
    const known = this.#table.find(half.check, isSame);
    if (known < 0) this.#seen[this.#table.add(half.check)] = { half, length, digest };
    else if (!isEqual(this.#seen[known]?.digest, digest)) this.#shared.add(known);
  }

  /** Those that one text alone has. */
  all(): readonly Half[] {
    return this.#seen.filter((_, index) => !this.#shared.has(index));
  }

  done(): ProofTable {
    const table = new Table(this.#most);
    const own = this.all().map(({ half, length }) => ({ ...half, length }));
    for (const { check } of own) table.add(check);
    return proofsOf(table, own);
  }
}

const isEqual = (some: readonly number[] | undefined, others: readonly number[]): boolean =>
  some?.every((part, at) => part === others[at]) ?? false;

function proofsOf(
  { heads, next, count }: Table,
  entries: readonly Pick<Fingerprint, 'check' | 'length' | 'base' | 'digest'>[],
): ProofTable {
  const digests = new Int32Array(count * 4);
  for (const [index, { digest }] of entries.entries()) digests.set(digest, index * 4);
  return {
    heads,
    next: next.slice(0, count),
    digests,
    checks: Int32Array.from(entries, ({ check }) => check),
    lengths: Int32Array.from(entries, ({ length }) => length),
    bases: Int32Array.from(entries, ({ base }) => base),
  };
}
