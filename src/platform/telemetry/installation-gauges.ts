import type { Tx } from '../database/unit-of-work.js';

/** Numbers of the whole installation that a feature reads from the database at each scrape. It makes them a provider of its module. */
export abstract class InstallationGauges {
  /** Sets them. Short, and by an index. */
  abstract read(tx: Tx): Promise<void>;
  /** Leaves them out, since they could not be read: an old number would look like a fresh one. */
  abstract forget(): void;
}
