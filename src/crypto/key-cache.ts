import { afterCommit, type Tx } from '../platform/database/unit-of-work.js';

/** A key that seals values, opened. */
export interface DataKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Keys are looked through for outlived ones whenever so many more have been opened. */
const SWEEP_EVERY = 1_000;

/** Keys that a process has opened. */
export class KeyCache {
  private readonly entries = new Map<string, { readonly key: DataKey; readonly until: number }>();
  private sweepAt = SWEEP_EVERY;

  /** @param forMs how long a key is given out without another look, in milliseconds */
  constructor(private readonly forMs = Number.POSITIVE_INFINITY) {}

  get size(): number {
    return this.entries.size;
  }

  async get(slot: string, db: Tx, open: () => Promise<DataKey>): Promise<DataKey> {
    const known = this.entries.get(slot);
    if (known && known.until > performance.now()) return known.key;
    const entry = { until: performance.now() + this.forMs, key: await open() };
    const remember = (): void => {
      this.entries.set(slot, entry);
      if (this.entries.size >= this.sweepAt) this.sweep();
    };
    // A key read inside a transaction may be that transaction's own and vanish with it.
    if (db.queryRunner?.isTransactionActive) afterCommit(db, remember);
    else remember();
    return entry.key;
  }

  /** Drops every key whose slot begins so: the next one who asks looks again. */
  forget(prefix: string): void {
    for (const slot of this.entries.keys()) if (slot.startsWith(prefix)) this.entries.delete(slot);
  }

  private sweep(): void {
    const now = performance.now();
    for (const [slot, { until }] of this.entries) if (until <= now) this.entries.delete(slot);
    this.sweepAt = this.entries.size + SWEEP_EVERY;
  }
}
