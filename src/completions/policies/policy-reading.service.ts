import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ProjectsRepository } from '../../projects/index.js';
import { ShieldPoliciesRepository } from './shield-policies.repository.js';
import { completed, ShieldPolicies } from './shield-policies.service.js';
import type { PolicyInForce, PolicyOwner, PolicyVersion } from './stored-policy.js';

const NOTHING: Listed<PolicyVersion> = { rows: [], total: 0, next: undefined };

/** Reading policies: what holds, and every version there was. */
@Injectable()
export class PolicyReading {
  constructor(
    private readonly repository: ShieldPoliciesRepository,
    private readonly policies: ShieldPolicies,
    private readonly projects: ProjectsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** A project whose policy is asked for. @throws AppError NOT_FOUND */
  async ownerOfProject({ principal }: Caller, projectId: string): Promise<PolicyOwner> {
    const { organizationId } = principal;
    if (!(await this.projects.exists(organizationId, projectId, this.dataSource.manager)))
      throw platformError('NOT_FOUND');
    return { organizationId, projectId };
  }

  /** The same of an organization; whoever cannot see it was left at home by the guard. @throws AppError NOT_FOUND */
  ownerOfOrganization({ principal }: Caller, id: string): PolicyOwner {
    if (principal.organizationId !== id || principal.onlyProjectId !== undefined)
      throw platformError('NOT_FOUND');
    return { organizationId: id, projectId: undefined };
  }

  inForce(owner: PolicyOwner): Promise<PolicyInForce> {
    return this.policies.inForce(owner, this.dataSource.manager);
  }

  /** None where nobody has ever set one. */
  async listVersions(owner: PolicyOwner, listing: Listing): Promise<Listed<PolicyVersion>> {
    const db = this.dataSource.manager;
    const id = await this.repository.findId(owner, db);
    if (id === undefined) return NOTHING;
    const { rows, ...rest } = await this.repository.listVersions(owner.organizationId, id, listing, db);
    return { ...rest, rows: rows.map(opened) };
  }

  /** @throws AppError NOT_FOUND */
  async getVersion(owner: PolicyOwner, version: number): Promise<PolicyVersion> {
    const db = this.dataSource.manager;
    const id = await this.repository.findId(owner, db);
    const found = id && (await this.repository.findVersion(owner.organizationId, id, version, db));
    if (!found) throw platformError('NOT_FOUND');
    return opened(found);
  }
}

const opened = (version: PolicyVersion): PolicyVersion => ({
  ...version,
  policy: version.policy && completed(version.policy),
});
