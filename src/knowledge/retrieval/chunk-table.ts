import type { BlockPool } from './block-pool.js';
import { STOP_BIT_WORDS } from './chunk-reader.js';
import { withRoomFor } from './columns.js';

export type ChunkId = number | string;

/** Numbers before strings, each in its own order. */
export function compareIds(one: ChunkId, other: ChunkId): number {
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A chunk as it is kept, its terms as numbers. */
export interface ChunkRow {
  readonly id: ChunkId;
  readonly group: string | undefined;
  readonly body: readonly number[];
  readonly title: readonly number[];
  readonly joined: readonly number[];
  readonly stopBits: Uint32Array;
  /** In terms, weighted. */
  readonly length: number;
}

const BYTES_PER_ID = 120;

/** Chunks by slot. A slot whose chunk is gone is given again only after it was {@link release}d. */
export class ChunkTable {
  private readonly slots = new Map<ChunkId, number>();
  private readonly groups = new Map<string, Set<number>>();
  private readonly ids: (ChunkId | undefined)[] = [];
  private readonly groupOf: (string | undefined)[] = [];
  private readonly free: number[] = [];
  private addresses = new Uint32Array(0);
  private bodies = new Uint32Array(0);
  private titles = new Uint32Array(0);
  private joined = new Uint32Array(0);
  private stopBits = new Uint32Array(0);
  /** By slot, in terms, weighted. */
  lengths = new Uint32Array(0);
  /** By slot: 1 when a chunk is there. */
  alive = new Uint8Array(0);

  constructor(private readonly pool: BlockPool) {}

  get size(): number {
    return this.slots.size;
  }

  /** Slots in use or to be released, from 0. */
  get slotCount(): number {
    return this.ids.length;
  }

  slotOf(id: ChunkId): number | undefined {
    return this.slots.get(id);
  }

  idOf(slot: number): ChunkId {
    return this.ids[slot] ?? '';
  }

  groupAt(slot: number): string | undefined {
    return this.groupOf[slot];
  }

  slotsOfGroup(group: string): ReadonlySet<number> {
    return this.groups.get(group) ?? new Set();
  }

  /** @returns the slot */
  add(row: ChunkRow): number {
    const slot = this.free.pop() ?? this.ids.length;
    this.slots.set(row.id, slot);
    this.ids[slot] = row.id;
    this.groupOf[slot] = row.group;
    if (row.group !== undefined) {
      const group = this.groups.get(row.group);
      if (group) group.add(slot);
      else this.groups.set(row.group, new Set([slot]));
    }
    this.writeColumns(slot, row);
    return slot;
  }

  /** Forgets the chunk of a slot, but gives the slot to no other. */
  remove(slot: number): void {
    this.slots.delete(this.idOf(slot));
    const name = this.groupOf[slot];
    if (name !== undefined) {
      const group = this.groups.get(name);
      group?.delete(slot);
      if (group?.size === 0) this.groups.delete(name);
    }
    this.ids[slot] = undefined;
    this.groupOf[slot] = undefined;
    this.alive[slot] = 0;
    this.lengths[slot] = 0;
    const entries = this.entriesOf(slot);
    if (entries > 0) this.pool.release(this.addresses[slot] ?? 0, entries);
  }

  release(slot: number): void {
    this.free.push(slot);
  }

  /** The terms of a chunk's body in order. Valid until chunks are added or removed. */
  bodyOf(slot: number): Uint32Array {
    return this.part(slot, 0, this.bodies[slot] ?? 0);
  }

  titleOf(slot: number): Uint32Array {
    return this.part(slot, this.bodies[slot] ?? 0, this.titles[slot] ?? 0);
  }

  /** Body, title, and words joined at hyphens. */
  termsOf(slot: number): Uint32Array {
    return this.part(slot, 0, this.entriesOf(slot));
  }

  hasStopWord(slot: number, number: number): boolean {
    const bits = this.stopBits[slot * STOP_BIT_WORDS + (number >>> 5)] ?? 0;
    return ((bits >>> (number & 31)) & 1) === 1;
  }

  get bytes(): number {
    const columns = [this.addresses, this.bodies, this.titles, this.joined, this.stopBits, this.lengths];
    const ids = this.ids.length * BYTES_PER_ID;
    return columns.reduce((sum, { byteLength }) => sum + byteLength, this.alive.byteLength) + ids;
  }

  private entriesOf(slot: number): number {
    return (this.bodies[slot] ?? 0) + (this.titles[slot] ?? 0) + (this.joined[slot] ?? 0);
  }

  private part(slot: number, from: number, count: number): Uint32Array {
    const address = this.addresses[slot] ?? 0;
    const start = this.pool.offsetOf(address) + from;
    return this.pool.pageOf(address).subarray(start, start + count);
  }

  private writeColumns(slot: number, { body, title, joined, stopBits, length }: ChunkRow): void {
    this.addresses = withRoomFor(this.addresses, slot);
    this.bodies = withRoomFor(this.bodies, slot);
    this.titles = withRoomFor(this.titles, slot);
    this.joined = withRoomFor(this.joined, slot);
    this.lengths = withRoomFor(this.lengths, slot);
    this.alive = withRoomFor(this.alive, slot);
    this.stopBits = withRoomFor(this.stopBits, (slot + 1) * STOP_BIT_WORDS - 1);
    this.bodies[slot] = body.length;
    this.titles[slot] = title.length;
    this.joined[slot] = joined.length;
    this.lengths[slot] = length;
    this.alive[slot] = 1;
    this.stopBits.set(stopBits, slot * STOP_BIT_WORDS);
    const terms = [...body, ...title, ...joined];
    this.addresses[slot] = terms.length > 0 ? this.pool.allocate(terms.length) : 0;
    this.termsOf(slot).set(terms);
  }
}
