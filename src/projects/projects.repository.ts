import { Injectable } from '@nestjs/common';
import { ProjectDirectory } from '../auth/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ProjectEntity } from './project.entity.js';

export interface NewProject {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly createdBy: string;
}

@Injectable()
export class ProjectsRepository extends ProjectDirectory {
  async insert(project: NewProject, tx: Tx): Promise<void> {
    await tx.insert(ProjectEntity, project);
  }

  /** Whether the organization has such a project. */
  exists(organizationId: string, id: string, db: Tx): Promise<boolean> {
    return db.existsBy(ProjectEntity, { organizationId, id });
  }

  isActive(organizationId: string, id: string, db: Tx): Promise<boolean> {
    return db.existsBy(ProjectEntity, { organizationId, id, status: 'active' });
  }

  /** The organization's oldest project. */
  async findFirst(organizationId: string, db: Tx): Promise<string | null> {
    const [project] = await db.find(ProjectEntity, {
      where: { organizationId },
      order: { number: 'ASC' },
      take: 1,
    });
    return project?.id ?? null;
  }
}
