const PAGE_BITS = 16;
const PAGE_ENTRIES = 1 << PAGE_BITS;
const WITHIN_PAGE = PAGE_ENTRIES - 1;
const BYTES_PER_ENTRY = 4;

/**
 * How many entries a block for so many has: every size up to 8, then four sizes an octave, so that at most a fifth of a
 * block is empty when it is full but for one.
 */
export function capacityFor(entries: number): number {
  if (entries <= 8) return entries;
  const step = 1 << (29 - Math.clz32(entries - 1));
  return Math.ceil(entries / step) * step;
}

/**
 * Many short lists of unsigned 32-bit integers in few arrays: an array of their own would cost each more than what it holds.
 * Released blocks are used again by later ones of their size, so that a pool grows with the most it ever held.
 */
export class BlockPool {
  private readonly pages: Uint32Array[] = [];
  private readonly released = new Map<number, number[]>();
  private page = 0;
  /** Entries of the page that are given out; a pool begins without one. */
  private used = PAGE_ENTRIES;
  private entries = 0;

  /** @returns address of a block with room for at least so many entries; what it holds is undefined */
  allocate(entries: number): number {
    const capacity = capacityFor(entries);
    const again = this.released.get(capacity)?.pop();
    if (again !== undefined) return again;
    if (capacity > PAGE_ENTRIES) return this.addPage(capacity) * PAGE_ENTRIES;
    if (this.used + capacity > PAGE_ENTRIES) {
      this.page = this.addPage(PAGE_ENTRIES);
      this.used = 0;
    }
    const address = this.page * PAGE_ENTRIES + this.used;
    this.used += capacity;
    return address;
  }

  /** @param entries what it was allocated for, or any number with the same capacity */
  release(address: number, entries: number): void {
    const capacity = capacityFor(entries);
    const list = this.released.get(capacity);
    if (list) list.push(address);
    else this.released.set(capacity, [address]);
  }

  /** The array in which a block lies, from {@link offsetOf} on. */
  pageOf(address: number): Uint32Array {
    return this.pages[address >>> PAGE_BITS] ?? new Uint32Array(0);
  }

  offsetOf(address: number): number {
    return address & WITHIN_PAGE;
  }

  get bytes(): number {
    return this.entries * BYTES_PER_ENTRY;
  }

  private addPage(entries: number): number {
    this.entries += entries;
    return this.pages.push(new Uint32Array(entries)) - 1;
  }
}
