import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { dataKeyPlace } from '../key-places.js';
import type { DataKeyChain } from '../key-ring.repository.js';
import { KeyRing } from '../key-ring.service.js';
import { sealBytes } from '../xaes.js';
import { KeyRotation, type RotationPlan, type RotationResult } from './key-rotation.js';
import { OrganizationWrappersRepository } from './organization-wrappers.repository.js';

/** Keys wrapped anew in one transaction. */
const BATCH = 100;

/**
 * Gives an organization a new key and wraps its data keys by it. New data keys are made too, so that whoever has the
 * old organization key and an old copy of the database reads nothing that is sealed from then on.
 */
@Injectable()
export class OrganizationRotation extends KeyRotation {
  constructor(
    private readonly wrappers: OrganizationWrappersRepository,
    private readonly keyRing: KeyRing,
  ) {
    super();
  }

  async begin(organizationId: string, tx: Tx): Promise<RotationPlan> {
    const [inUse, ...older] = await this.wrappers.listKeys(organizationId, tx);
    if (!inUse) throw new Error('the organization has no key');
    const keyId = older.length > 0 ? inUse.id : await this.renew(organizationId, inUse.version + 1, tx);
    return { keyId, items: await this.wrappers.countOld(organizationId, keyId, tx) };
  }

  async rewrapSome(organizationId: string, tx: Tx): Promise<number> {
    const wrapper = await this.keyRing.organizationKeyInUse(organizationId, tx);
    const rows = await this.wrappers.lockOld(organizationId, wrapper.id, BATCH, tx);
    if (rows.length === 0) return 0;
    const fresh = rows.map((row) => ({ id: row.id, wrapped: this.rewrapped(row, wrapper.key) }));
    await this.wrappers.rewrap(organizationId, wrapper.id, fresh, tx);
    return rows.length;
  }

  async finish(organizationId: string, tx: Tx): Promise<RotationResult | undefined> {
    const { id: keyId } = await this.keyRing.organizationKeyInUse(organizationId, tx);
    const old = await this.wrappers.closeOldKeys(organizationId, keyId, tx);
    if (old.length === 0) return undefined;
    while ((await this.rewrapSome(organizationId, tx)) > 0);
    const left = await this.wrappers.countOld(organizationId, keyId, tx);
    if (left > 0) throw new Error('data keys are left under an old organization key');
    await this.wrappers.deleteKeys(organizationId, old, tx);
    const counts = { data_keys: await this.wrappers.count(organizationId, tx), old_wrappers: left };
    return { keyId, removed: old.length, counts };
  }

  private async renew(organizationId: string, version: number, tx: Tx): Promise<string> {
    const newest = await this.wrappers.listNewestVersions(organizationId, tx);
    const wrapper = await this.keyRing.createOrganizationKey(organizationId, version, tx);
    for (const { purpose, version } of newest)
      await this.keyRing.createDataKey({ organizationId, purpose, version: version + 1 }, wrapper, tx);
    return wrapper.id;
  }

  private rewrapped(row: DataKeyChain, wrapper: Buffer): Buffer {
    const { key } = this.keyRing.openDataKey(row);
    return sealBytes(wrapper, key, dataKeyPlace(row.organizationId, row.purpose, row.id, row.version));
  }
}
