import type { Tx } from '../database/unit-of-work.js';

/**
 * What rows of an organization stand for outside of the database. A feature that keeps something there makes this a provider
 * of its module; rows without it are simply dropped.
 */
export abstract class TenantContents {
  /** The table whose rows go. */
  abstract readonly table: string;
  /** The text column by which they name what they stand for. */
  abstract readonly column: string;

  /** Notes what is to be removed, in the transaction that drops the rows. Short. */
  abstract release(names: readonly string[], tx: Tx): Promise<void>;
}
