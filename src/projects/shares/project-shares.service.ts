import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type UserCard, UserDirectory } from '../../accounts/index.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { projectError } from '../projects.errors.js';
import { ProjectsRepository } from '../projects.repository.js';
import type { ProjectShare, ShareTarget } from './project-share.js';
import { ProjectSharesRepository } from './project-shares.repository.js';

/** A share, with whom it is for. */
export interface NamedShare extends ProjectShare {
  readonly user: UserCard;
}

/** Reading with whom a project is shared, and who somebody is to share it with. */
@Injectable()
export class ProjectSharesService {
  constructor(
    private readonly shares: ProjectSharesRepository,
    private readonly projects: ProjectsRepository,
    private readonly users: UserDirectory,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Who has the address or the id, for somebody who may share that project.
   * @throws AppError NOT_FOUND when there is no such project, SHARE_USER_UNKNOWN
   */
  async findUser(
    { principal }: Caller,
    projectId: string,
    { email, userId }: ShareTarget,
  ): Promise<UserCard> {
    const db = this.dataSource.manager;
    if (!(await this.projects.exists(principal.organizationId, projectId, db)))
      throw platformError('NOT_FOUND');
    const user =
      userId === undefined
        ? await this.users.findByEmail(email ?? '', db)
        : (await this.users.find([userId], db)).get(userId);
    if (user && !user.disabled) return user;
    const field = userId === undefined ? 'email' : 'user_id';
    throw projectError('SHARE_USER_UNKNOWN', { details: { field, constraint: 'exists' } });
  }

  /** @throws AppError NOT_FOUND when there is no such project */
  async listShares({ principal }: Caller, projectId: string, listing: Listing): Promise<Listed<NamedShare>> {
    const db = this.dataSource.manager;
    const owner = { organizationId: principal.organizationId, projectId };
    if (!(await this.projects.exists(owner.organizationId, projectId, db))) throw platformError('NOT_FOUND');
    const { rows, ...rest } = await this.shares.list(owner, listing, db);
    const users = await this.users.find(
      rows.map(({ userId }) => userId),
      db,
    );
    const named = rows.flatMap((share) => {
      const user = users.get(share.userId);
      return user ? [{ ...share, user }] : [];
    });
    return { ...rest, rows: named };
  }

  /** @throws AppError NOT_FOUND */
  async getShare({ principal }: Caller, projectId: string, id: string): Promise<NamedShare> {
    const db = this.dataSource.manager;
    const share = await this.shares.find({ organizationId: principal.organizationId, projectId }, id, db);
    const user = share && (await this.users.find([share.userId], db)).get(share.userId);
    if (!share || !user) throw platformError('NOT_FOUND');
    return { ...share, user };
  }
}
