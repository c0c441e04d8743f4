import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import type { OrganizationRole } from '../../platform/http/permission.js';
import type { Caller } from '../../platform/http/request-context.js';
import { projectError } from '../projects.errors.js';
import { ProjectsRepository } from '../projects.repository.js';
import type { ProjectShare } from './project-share.js';
import { ProjectShareNewsWriter } from './project-share-news.service.js';
import { ProjectSharesRepository } from './project-shares.repository.js';

/** Sharing projects. Changes follow one another under the lock of the project, and hold from the very next request on. */
@Injectable()
export class ProjectShareChangesService {
  constructor(
    private readonly shares: ProjectSharesRepository,
    private readonly projects: ProjectsRepository,
    private readonly news: ProjectShareNewsWriter,
  ) {}

  /** @throws AppError NOT_FOUND, SHARE_EXISTS */
  async shareProject(
    caller: Caller,
    projectId: string,
    { userId, role }: Pick<ProjectShare, 'userId' | 'role'>,
    tx: Tx,
  ): Promise<ProjectShare> {
    const { organizationId, userId: createdBy } = caller.principal;
    await this.lock(caller, projectId, tx);
    const share = { id: newId('share'), organizationId, projectId, userId, role, createdBy };
    if (!(await this.shares.insert(share, tx))) throw projectError('SHARE_EXISTS');
    const made = await this.get(caller, projectId, share.id, tx);
    await this.news.tell(caller, made, 'project.shared', tx);
    return made;
  }

  /** @throws AppError NOT_FOUND */
  async changeRole(
    caller: Caller,
    projectId: string,
    id: string,
    role: OrganizationRole,
    tx: Tx,
  ): Promise<void> {
    await this.lock(caller, projectId, tx);
    const share = await this.get(caller, projectId, id, tx);
    if (share.role === role) return;
    await this.shares.setRole(share, role, tx);
    await this.news.tell(caller, { ...share, role }, 'project.share_changed', tx);
  }

  /** @throws AppError NOT_FOUND */
  async removeShare(caller: Caller, projectId: string, id: string, tx: Tx): Promise<void> {
    await this.lock(caller, projectId, tx);
    const share = await this.get(caller, projectId, id, tx);
    await this.shares.delete(share, tx);
    await this.news.tell(caller, share, 'project.unshared', tx);
  }

  private async lock({ principal }: Caller, projectId: string, tx: Tx): Promise<void> {
    if (!(await this.projects.lockForUpload(principal.organizationId, projectId, tx)))
      throw platformError('NOT_FOUND');
  }

  private async get({ principal }: Caller, projectId: string, id: string, tx: Tx): Promise<ProjectShare> {
    const owner = { organizationId: principal.organizationId, projectId };
    const share = await this.shares.find(owner, id, tx);
    if (!share) throw platformError('NOT_FOUND');
    return share;
  }
}
