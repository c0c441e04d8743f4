import { Injectable } from '@nestjs/common';
import { afterCommit, type Tx } from '../platform/database/unit-of-work.js';
import { TenantKeys } from '../platform/tenants/tenant-keys.js';
import { KeyRingRepository } from './key-ring.repository.js';
import { KeyRing } from './key-ring.service.js';

/** Ends the keys of organizations: the rows that hold them are their only copies. */
@Injectable()
export class TenantKeysService extends TenantKeys {
  constructor(
    private readonly repository: KeyRingRepository,
    private readonly keyRing: KeyRing,
  ) {
    super();
  }

  async destroy(organizationId: string, tx: Tx): Promise<void> {
    await this.repository.deleteKeys(organizationId, tx);
    afterCommit(tx, () => this.keyRing.forget(organizationId));
  }
}
