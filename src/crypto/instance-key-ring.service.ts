import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/http/ids.js';
import { type InstanceKeyRow, InstanceKeysRepository } from './instance-keys.repository.js';
import { type DataKey, KeyCache } from './key-cache.js';
import { instanceKeyPlace } from './key-places.js';
import { MasterKeyRing } from './master-key-ring.service.js';
import { INSTANCE_PURPOSES } from './purposes.js';
import { KEY_BYTES, OpenError, sealBytes } from './xaes.js';

/** Keys that belong to no organization, wrapped by the master key itself: one for each purpose. */
@Injectable()
export class InstanceKeyRing {
  private readonly byId = new KeyCache();
  private readonly newest = new KeyCache();

  constructor(
    private readonly repository: InstanceKeysRepository,
    private readonly masters: MasterKeyRing,
  ) {}

  /** Makes the keys that are not there yet; what starts at once waits its turn before. */
  async addMissingKeys(tx: Tx): Promise<void> {
    for (const purpose of await this.repository.listMissingPurposes(INSTANCE_PURPOSES, tx)) {
      const id = newId('ikey');
      const master = await this.masters.inUse(tx);
      const wrapped = sealBytes(master.key, randomBytes(KEY_BYTES), instanceKeyPlace(purpose, id, 1));
      await this.repository.insertInstanceKey(
        { id, purpose, version: 1, masterKeyId: master.id, wrapped },
        tx,
      );
    }
  }

  /** The key that new values of a purpose are sealed with. */
  newestKey(purpose: string, db: Tx): Promise<DataKey> {
    return this.newest.get(purpose, db, async () => {
      const row = await this.repository.findNewestInstanceKey(purpose, db);
      if (!row) throw new Error(`the instance has no key for ${purpose}`);
      return this.open(row);
    });
  }

  /** The key a value says it was sealed with. @throws OpenError when there is no such key */
  key(id: string, db: Tx): Promise<DataKey> {
    return this.byId.get(id, db, async () => {
      const row = await this.repository.findInstanceKey(id, db);
      if (!row) throw new OpenError();
      return this.open(row);
    });
  }

  private open({ id, purpose, version, masterKeyId, wrapped }: InstanceKeyRow): DataKey {
    return { id, key: this.masters.unwrap(masterKeyId, wrapped, instanceKeyPlace(purpose, id, version)) };
  }
}
