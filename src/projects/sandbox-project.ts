import { Injectable } from '@nestjs/common';
import { ProjectKeys } from '../crypto/index.js';
import { OrganizationsRepository } from '../organizations/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/http/ids.js';
import { type NewSandbox, SandboxContents } from '../platform/tenants/sandbox-contents.js';
import { ProjectsRepository } from './projects.repository.js';

/** The first project of a sandbox, which is the default of its keys for as long as it is the oldest there. */
@Injectable()
export class SandboxProject extends SandboxContents {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly keys: ProjectKeys,
    private readonly organizations: OrganizationsRepository,
  ) {
    super();
  }

  async fill({ organizationId, userId }: NewSandbox, tx: Tx): Promise<void> {
    const id = newId('proj');
    await this.projects.insert({ id, organizationId, name: 'Sandbox', createdBy: userId }, tx);
    await this.keys.insert(await this.keys.prepare({ organizationId, projectId: id }, undefined), tx);
    await this.organizations.adjustCounts(organizationId, { projects: 1 }, tx);
  }
}
