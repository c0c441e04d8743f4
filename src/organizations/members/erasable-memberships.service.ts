import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  ErasableContents,
  type ErasedPerson,
  type ErasureRun,
} from '../../platform/erasure/erasable-contents.js';
import { OrganizationsRepository } from '../organizations.repository.js';
import { MembershipsRepository } from './memberships.repository.js';

/** Memberships of those whose account goes; whoever keeps theirs has left the organization before. */
@Injectable()
export class ErasableMemberships extends ErasableContents {
  override readonly isLast = true;

  constructor(
    private readonly memberships: MembershipsRepository,
    private readonly organizations: OrganizationsRepository,
    private readonly audit: AuditWriter,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  override async eraseUser({ id, withAccount }: ErasedPerson, run: ErasureRun): Promise<void> {
    if (!withAccount) return;
    const found = await this.memberships.find(run.organizationId, id, this.dataSource.manager);
    if (!found) return;
    if (run.isRehearsal) await run.note('memberships', 1);
    else await this.end(id, run);
  }

  private async end(userId: string, run: ErasureRun): Promise<void> {
    const { organizationId } = run;
    await this.unitOfWork.run(async (tx) => {
      await this.organizations.lock(organizationId, tx);
      const membership = await this.memberships.find(organizationId, userId, tx);
      if (!membership) return;
      await this.memberships.delete(organizationId, userId, tx);
      await this.organizations.adjustCounts(organizationId, { members: -1 }, tx);
      await run.note('memberships', 1, tx);
      await this.audit.append(
        {
          organizationId,
          actor: { type: 'system', id: 'erasure' },
          action: 'member.removed',
          target: { type: 'user', id: userId },
          subjectUserId: userId,
          requestId: run.id,
          details: { role: membership.role },
        },
        tx,
      );
    });
  }
}
