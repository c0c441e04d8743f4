import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { type NewSandbox, SandboxContents } from '../../platform/tenants/sandbox-contents.js';
import { StorageUsageRepository } from './storage-usage.repository.js';

/** What a sandbox stores in a day at most: requests to it are not counted, so something else must be. */
const SANDBOX_BYTES = 2 ** 30;

@Injectable()
export class SandboxQuota extends SandboxContents {
  constructor(private readonly usage: StorageUsageRepository) {
    super();
  }

  fill({ organizationId }: NewSandbox, tx: Tx): Promise<void> {
    return this.usage.setQuota(organizationId, SANDBOX_BYTES, tx);
  }
}
