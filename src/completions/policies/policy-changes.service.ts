import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../../platform/http/etag.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ProjectsRepository } from '../../projects/index.js';
import { type PolicyRow, ShieldPoliciesRepository } from './shield-policies.repository.js';
import { ShieldPolicies } from './shield-policies.service.js';
import type { ShieldPolicy } from './shield-policy.js';
import { type PolicyInForce, type PolicyOwner, tagOf } from './stored-policy.js';

/** Setting what the shield does: each change makes a version and an audit row, both or none. */
@Injectable()
export class PolicyChanges {
  constructor(
    private readonly repository: ShieldPoliciesRepository,
    private readonly policies: ShieldPolicies,
    private readonly projects: ProjectsRepository,
    private readonly audit: AuditWriter,
  ) {}

  /**
   * Sets an owner's policy as a whole. Changes of one owner follow one another.
   * @throws AppError NOT_FOUND when the project is gone, PRECONDITION_FAILED
   */
  async set(
    caller: Caller,
    owner: PolicyOwner,
    policy: ShieldPolicy,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<PolicyInForce> {
    await this.hold(owner, tx);
    await this.repository.insertEmpty(owner, newId('spol'), caller.principal.userId, tx);
    const row = await this.repository.lock(owner, tx);
    if (!row) throw new Error('a policy that was just written cannot be read');
    await this.assertShown(owner, ifMatch, tx);
    await this.change(caller, owner, row, policy, tx);
    return this.policies.inForce(owner, tx);
  }

  /**
   * Takes an owner's policy back, so that what stands above it holds; where there is none, it holds already.
   * @throws AppError NOT_FOUND when the project is gone, PRECONDITION_FAILED
   */
  async takeBack(caller: Caller, owner: PolicyOwner, ifMatch: IfMatch, tx: Tx): Promise<void> {
    await this.hold(owner, tx);
    const row = await this.repository.lock(owner, tx);
    await this.assertShown(owner, ifMatch, tx);
    if (row?.policy) await this.change(caller, owner, row, null, tx);
  }

  /** Keeps the project until the transaction ends. */
  private async hold({ organizationId, projectId }: PolicyOwner, tx: Tx): Promise<void> {
    if (projectId === undefined) return;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (!project) throw platformError('NOT_FOUND');
  }

  private async assertShown(owner: PolicyOwner, ifMatch: IfMatch, tx: Tx): Promise<void> {
    assertMatch(ifMatch, tagOf(await this.policies.inForce(owner, tx), owner));
  }

  private async change(
    caller: Caller,
    { organizationId, projectId }: PolicyOwner,
    { id, version: before }: PolicyRow,
    policy: ShieldPolicy | null,
    tx: Tx,
  ): Promise<void> {
    const version = before + 1;
    const changedBy = caller.principal.userId;
    const row = { id, version, policy, changedBy, changedAt: new Date() };
    await this.repository.change(organizationId, row, tx);
    const { details, ...entry } = auditOf(caller);
    await this.audit.append(
      {
        ...entry,
        projectId,
        action: policy ? 'policy.updated' : 'policy.deleted',
        target: { type: 'shield_policy', id },
        details: { ...details, policy_id: id, policy_version: version },
      },
      tx,
    );
  }
}
