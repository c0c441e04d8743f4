import { afterCommit, type Tx } from '../platform/database/unit-of-work.js';

/** A key that seals values, opened. */
export interface DataKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Keys that a process has opened. */
export class KeyCache {
  private readonly entries = new Map<string, { readonly key: DataKey; readonly until: number }>();

  /** @param forMs how long a key is given out without another look, in milliseconds */
  constructor(private readonly forMs = Number.POSITIVE_INFINITY) {}

  async get(slot: string, db: Tx, open: () => Promise<DataKey>): Promise<DataKey> {
    const known = this.entries.get(slot);
    if (known && known.until > performance.now()) return known.key;
    const entry = { until: performance.now() + this.forMs, key: await open() };
    const remember = (): void => void this.entries.set(slot, entry);
    // A key read inside a transaction may be that transaction's own and vanish with it.
    if (db.queryRunner?.isTransactionActive) afterCommit(db, remember);
    else remember();
    return entry.key;
  }
}
