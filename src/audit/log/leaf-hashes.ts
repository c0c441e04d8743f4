import { HASH_BYTES } from './merkle-hash.js';

const FIRST_LEAVES = 64;

/** Hashes of leaves that come in any order, some of them again: 32 bytes each, once those before them are there. */
export class LeafHashes {
  private bytes = Buffer.alloc(FIRST_LEAVES * HASH_BYTES);
  private count = 0;
  private readonly ahead = new Map<number, Buffer>();

  /** How many are there from the first leaf on without a gap. */
  get size(): number {
    return this.count;
  }

  /** All there are. */
  get total(): number {
    return this.count + this.ahead.size;
  }

  /** The first leaf there is after {@link size}. */
  get nextAhead(): number | undefined {
    let least: number | undefined;
    for (const leaf of this.ahead.keys()) if (least === undefined || leaf < least) least = leaf;
    return least;
  }

  at(leaf: number): Buffer | undefined {
    return leaf < this.count
      ? this.bytes.subarray(leaf * HASH_BYTES, (leaf + 1) * HASH_BYTES)
      : this.ahead.get(leaf);
  }

  /** @returns whether it is `new`, there already (`again`), or contradicts what is there (`other`) */
  put(leaf: number, hash: Buffer): 'new' | 'again' | 'other' {
    const known = this.at(leaf);
    if (known) return known.equals(hash) ? 'again' : 'other';
    if (leaf !== this.count) {
      this.ahead.set(leaf, Buffer.from(hash));
      return 'new';
    }
    this.append(hash);
    for (let next = this.ahead.get(this.count); next; next = this.ahead.get(this.count)) {
      this.ahead.delete(this.count);
      this.append(next);
    }
    return 'new';
  }

  private append(hash: Buffer): void {
    const at = this.count * HASH_BYTES;
    if (at === this.bytes.length) this.bytes = Buffer.concat([this.bytes, Buffer.alloc(at)]);
    hash.copy(this.bytes, at);
    this.count += 1;
  }
}
