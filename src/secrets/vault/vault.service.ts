import { Injectable } from '@nestjs/common';
import { keyedDigest, OwnKeys } from '../../crypto/index.js';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { type VaultRow, VaultsRepository } from './vaults.repository.js';

/** Bytes kept of a value's digest; enough that no two values of an organization share one. */
const DIGEST_BYTES = 16;

const placeOf = (organizationId: string) => ({
  organizationId,
  table: 'vaults',
  id: organizationId,
  version: 1,
});

/** Compares an organization's values without opening them, and tells whether any has changed. */
@Injectable()
export class Vault {
  constructor(
    private readonly repository: VaultsRepository,
    private readonly sealer: Sealer,
  ) {}

  /** Makes digests of values, 16 bytes each: HMAC-SHA-256 under the organization's own key. The key is made when needed. */
  async digester(organizationId: string, tx: Tx): Promise<(value: string) => Buffer> {
    const key = await this.openOrMake(organizationId, tx);
    return (value) => keyedDigest(key, 'value of a variable', value).subarray(0, DIGEST_BYTES);
  }

  /** The organization's own key; undefined as long as it has had no variable. */
  async key(organizationId: string, db: Tx): Promise<Buffer | undefined> {
    const row = await this.repository.find(organizationId, db);
    return row && this.open(organizationId, row, db);
  }

  /** Grows with every change of a value that is committed; 0 before the first. */
  async revision(organizationId: string, db: Tx): Promise<number> {
    return (await this.repository.find(organizationId, db))?.revision ?? 0;
  }

  /** Notes a change of values. Last in its transaction: changes of one organization wait for each other from here on. */
  touch(organizationId: string, tx: Tx): Promise<void> {
    return this.repository.advance(organizationId, tx);
  }

  private async openOrMake(organizationId: string, tx: Tx): Promise<Buffer> {
    const known = await this.key(organizationId, tx);
    if (known) return known;
    const sealed = await this.sealer.seal(placeOf(organizationId), OwnKeys.newKey(), tx);
    await this.repository.insert(organizationId, sealed, tx);
    const made = await this.key(organizationId, tx);
    if (!made) throw new Error('a vault that was just made is not there');
    return made;
  }

  private open(organizationId: string, { keySealed }: VaultRow, db: Tx): Promise<Buffer> {
    return this.sealer.open(placeOf(organizationId), keySealed, db);
  }
}
