import { Injectable } from '@nestjs/common';
import { invalidField } from '../../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { OrganizationRole } from '../../../platform/http/permission.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { settled } from '../../../platform/idempotency/settled.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { ProjectShareChangesService } from '../project-share-changes.service.js';
import { type NamedShare, ProjectSharesService } from '../project-shares.service.js';
import type { CreateProjectShareDto, ProjectShareDto } from './project-share.dto.js';

const presentShare = ({ user, ...share }: NamedShare): ProjectShareDto => ({
  id: share.id,
  project_id: share.projectId,
  user_id: share.userId,
  email: user.email,
  full_name: user.fullName,
  role: share.role,
  created_by: share.createdBy,
  created_at: share.createdAt.toISOString(),
});

/** Sharing projects, as every surface offers it. */
@Injectable()
export class ProjectShareOperations {
  constructor(
    private readonly shares: ProjectSharesService,
    private readonly changes: ProjectShareChangesService,
    private readonly writes: Writes,
  ) {}

  async shareProject(
    caller: Caller,
    projectId: string,
    { email, user_id: userId, role }: CreateProjectShareDto,
  ): Promise<ProjectShareDto> {
    if ((email === undefined) === (userId === undefined))
      throw invalidField('email', 'exclusive', "Say with whom by one of 'email' and 'user_id'.");
    const found = await settled(() => this.shares.findUser(caller, projectId, { email, userId }));
    return this.writes.run(caller, async (tx) => {
      const user = found();
      const share = await this.changes.shareProject(caller, projectId, { userId: user.id, role }, tx);
      return presentShare({ ...share, user });
    });
  }

  async listShares(caller: Caller, projectId: string, listing: Listing): Promise<Listed<ProjectShareDto>> {
    const listed = await this.shares.listShares(caller, projectId, listing);
    return { ...listed, rows: listed.rows.map(presentShare) };
  }

  async getShare(caller: Caller, projectId: string, id: string): Promise<ProjectShareDto> {
    return presentShare(await this.shares.getShare(caller, projectId, id));
  }

  /** Who it is for is read before: only the role changes. */
  async updateShare(
    caller: Caller,
    projectId: string,
    id: string,
    role: OrganizationRole,
  ): Promise<ProjectShareDto> {
    const share = await this.shares.getShare(caller, projectId, id);
    return this.writes.run(caller, async (tx) => {
      await this.changes.changeRole(caller, projectId, id, role, tx);
      return presentShare({ ...share, role });
    });
  }

  async removeShare(caller: Caller, projectId: string, id: string): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.removeShare(caller, projectId, id, tx);
      return undefined;
    });
  }
}
