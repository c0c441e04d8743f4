import type { Tx } from '../database/unit-of-work.js';

/** What opens an organization's sealed values; the crypto module provides it. */
export abstract class TenantKeys {
  /**
   * Destroys every key of an organization, and whatever else opens something of it without them. When the transaction has
   * committed this process has forgotten them; others forget what they have opened within a minute.
   */
  abstract destroy(organizationId: string, tx: Tx): Promise<void>;
}
