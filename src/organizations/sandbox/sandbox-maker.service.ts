import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { KeySetUp } from '../../crypto/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import { findProviders } from '../../platform/providers/find-providers.js';
import { SandboxContents } from '../../platform/tenants/sandbox-contents.js';
import { Sandboxes } from '../../platform/tenants/sandboxes.js';
import { SandboxesRepository } from './sandboxes.repository.js';

/** Makes sandboxes: organizations with keys of their own, reached by the test keys of the one they belong to. */
@Injectable()
export class SandboxMaker extends Sandboxes {
  constructor(
    private readonly repository: SandboxesRepository,
    private readonly keys: KeySetUp,
    private readonly discovery: DiscoveryService,
  ) {
    super();
  }

  async ensure(organizationId: string, userId: string, tx: Tx): Promise<void> {
    const live = await this.repository.lock(organizationId, tx);
    if (!live) throw platformError('NOT_FOUND');
    if (!live.sandboxId) await this.make(organizationId, userId, tx);
  }

  /** Makes a sandbox and has the organization's test keys work in it from the next request on. Its row must be locked. */
  async make(organizationId: string, userId: string, tx: Tx): Promise<void> {
    const sandbox = { organizationId: newId('org'), userId };
    await this.repository.insert(sandbox.organizationId, organizationId, tx);
    await this.keys.createOrganizationKeys(sandbox.organizationId, tx);
    for (const contents of findProviders(this.discovery, SandboxContents)) await contents.fill(sandbox, tx);
    await this.repository.assign(organizationId, sandbox.organizationId, tx);
  }
}
