import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProjectKeys } from '../crypto/index.js';
import { OrganizationsRepository } from '../organizations/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ErasableContents, type ErasureRun } from '../platform/erasure/erasable-contents.js';
import { ProjectContentsRegistry } from './project-contents.js';
import { ProjectsRepository } from './projects.repository.js';

/** Projects that were deleted and have come back in a restored database; a legal hold was lifted before they went. */
@Injectable()
export class ErasableProjects extends ErasableContents {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly contents: ProjectContentsRegistry,
    private readonly keys: ProjectKeys,
    private readonly organizations: OrganizationsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  override async eraseProject(projectId: string, run: ErasureRun): Promise<void> {
    const { organizationId, isRehearsal } = run;
    const owner = { organizationId, projectId };
    if (isRehearsal) {
      const isThere = await this.projects.exists(organizationId, projectId, this.dataSource.manager);
      return run.note('projects', isThere ? 1 : 0);
    }
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.projects.lock(organizationId, projectId, tx))) return;
      await this.contents.delete(owner, tx);
      await this.keys.destroy(owner, tx);
      await this.projects.delete(organizationId, projectId, tx);
      await this.organizations.adjustCounts(organizationId, { projects: -1 }, tx);
      await run.note('projects', 1, tx);
    });
  }
}
