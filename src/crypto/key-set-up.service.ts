import { Injectable } from '@nestjs/common';
import type { Settings } from '../platform/config/settings.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { InstanceKeyRing } from './instance-key-ring.service.js';
import { KeyRing } from './key-ring.service.js';
import { loadMasterKey } from './master-key.js';
import { MasterKeyRing } from './master-key-ring.service.js';
import { MasterKeySuccession } from './master-key-succession.service.js';

/** What a start does about keys, one start at a time, and what a new organization needs of them. */
@Injectable()
export class KeySetUp {
  constructor(
    private readonly masters: MasterKeyRing,
    private readonly organizations: KeyRing,
    private readonly instance: InstanceKeyRing,
    private readonly succession: MasterKeySuccession,
  ) {}

  /**
   * Makes the master key of a new data folder; the first thing a start does.
   * @throws StartError when the file does not hold one
   */
  static makeMasterKey(settings: Settings): void {
    loadMasterKey(settings, true);
  }

  /**
   * Registers the master key of a new database, ends what a crash left of a rotation, and makes the keys that an older
   * version did not make.
   * @throws StartError when the master keys of this process are not those of the database
   */
  async run(tx: Tx): Promise<void> {
    await this.masters.adopt(tx);
    await this.succession.settle(tx);
    await this.organizations.addMissingDataKeys(tx);
    await this.instance.addMissingKeys(tx);
  }

  /** Makes an organization's key and its data keys, in the transaction that makes the organization. */
  createOrganizationKeys(organizationId: string, tx: Tx): Promise<void> {
    return this.organizations.createOrganizationKeys(organizationId, tx);
  }
}
