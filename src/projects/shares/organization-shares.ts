import { Injectable } from '@nestjs/common';
import { OrganizationContents } from '../../organizations/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { projectError } from '../projects.errors.js';
import { ProjectsRepository } from '../projects.repository.js';
import { ProjectSharesRepository } from './project-shares.repository.js';

/** What projects mean to the end of an organization, or of somebody's membership. */
@Injectable()
export class OrganizationShares extends OrganizationContents {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly shares: ProjectSharesRepository,
  ) {
    super();
  }

  /** @throws AppError LEGAL_HOLD */
  async assertErasable(organizationId: string, tx: Tx): Promise<void> {
    if (!(await this.projects.lockUnheld(organizationId, tx)))
      throw projectError('LEGAL_HOLD', {
        message:
          'A project of the organization is under legal hold. Nothing can be deleted until that is lifted.',
      });
  }

  memberLeft(organizationId: string, userId: string, tx: Tx): Promise<void> {
    return this.shares.deleteOfUser(organizationId, userId, tx);
  }
}
