import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { instanceKeyPlace, organizationKeyPlace } from '../key-places.js';
import type { MasterKey } from '../master-key.js';
import { MasterKeyRing } from '../master-key-ring.service.js';
import { MasterKeySuccession } from '../master-key-succession.service.js';
import { MasterKeysRepository } from '../master-keys.repository.js';
import { sealBytes } from '../xaes.js';
import { KeyRotation, type RotationPlan, type RotationResult } from './key-rotation.js';
import { MasterWrappersRepository, type WrappedTable } from './master-wrappers.repository.js';

/** Keys wrapped anew in one transaction. */
const BATCH = 100;

/** A stored key and where it lies. */
interface Wrapped {
  readonly id: string;
  readonly masterKeyId: string;
  readonly wrapped: Buffer;
  readonly place: Buffer;
}

/** Wraps the keys of all organizations and of the instance by a new master key. */
@Injectable()
export class MasterRotation extends KeyRotation {
  constructor(
    private readonly wrappers: MasterWrappersRepository,
    private readonly masters: MasterKeyRing,
    private readonly rows: MasterKeysRepository,
    private readonly succession: MasterKeySuccession,
  ) {
    super();
  }

  /** @throws AppError NEXT_MASTER_KEY_MISSING, NEXT_MASTER_KEY_IN_USE */
  async begin(_organizationId: string, tx: Tx): Promise<RotationPlan> {
    await this.succession.lock(tx);
    const [inUse, ...older] = await this.rows.listMasterKeys(tx);
    if (!inUse) throw new Error('the database has no master key');
    const keyId = older.length > 0 ? inUse.id : await this.follow(inUse.id, tx);
    return { keyId, items: await this.wrappers.countOld(keyId, tx) };
  }

  async rewrapSome(_organizationId: string, tx: Tx): Promise<number> {
    const master = await this.masters.inUse(tx);
    const organizationKeys = await this.wrappers.lockOldOrganizationKeys(master.id, BATCH, tx);
    const instanceKeys = await this.wrappers.lockOldInstanceKeys(master.id, BATCH, tx);
    await this.rewrap(
      'organization_keys',
      master,
      organizationKeys.map((row) => ({
        ...row,
        place: organizationKeyPlace(row.organizationId, row.id, row.version),
      })),
      tx,
    );
    await this.rewrap(
      'instance_keys',
      master,
      instanceKeys.map((row) => ({ ...row, place: instanceKeyPlace(row.purpose, row.id, row.version) })),
      tx,
    );
    return organizationKeys.length + instanceKeys.length;
  }

  async finish(organizationId: string, tx: Tx): Promise<RotationResult | undefined> {
    const { id: keyId } = await this.masters.inUse(tx);
    const old = await this.wrappers.closeOldKeys(keyId, tx);
    if (old.length === 0) return undefined;
    while ((await this.rewrapSome(organizationId, tx)) > 0);
    const left = await this.wrappers.countOld(keyId, tx);
    if (left > 0) throw new Error('keys are left under an old master key');
    await this.wrappers.deleteKeys(old, tx);
    const { organizationKeys, instanceKeys } = await this.wrappers.count(tx);
    const counts = { organization_keys: organizationKeys, instance_keys: instanceKeys, old_wrappers: left };
    return { keyId, removed: old.length, counts };
  }

  private async follow(inUse: string, tx: Tx): Promise<string> {
    const key = await this.succession.next(inUse, tx);
    await this.masters.register(key, tx);
    return key.id;
  }

  private async rewrap(
    table: WrappedTable,
    master: MasterKey,
    keys: readonly Wrapped[],
    tx: Tx,
  ): Promise<void> {
    const fresh = keys.map(({ id, masterKeyId, wrapped, place }) => ({
      id,
      wrapped: sealBytes(master.key, this.masters.unwrap(masterKeyId, wrapped, place), place),
    }));
    if (fresh.length > 0) await this.wrappers.rewrap(table, master.id, fresh, tx);
  }
}
