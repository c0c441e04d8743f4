import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UserDirectory } from '../accounts/index.js';
import { OrganizationsRepository } from '../organizations/index.js';
import type { Project } from './project.js';

/** What people read beside projects. */
export interface ProjectCaptions {
  /** Name and number of an organization; undefined for one that was deleted meanwhile. */
  readonly organizationOf: (
    organizationId: string,
  ) => { readonly number: number; readonly name: string } | undefined;
  /** Empty for somebody who is no more. */
  readonly nameOf: (userId: string) => string;
}

type Captioned = Pick<Project, 'organizationId' | 'createdBy'>;

/** Names of the organizations and of the people that projects mention by their ids, wherever those are at home. */
@Injectable()
export class ProjectCaptionsService {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly users: UserDirectory,
    private readonly dataSource: DataSource,
  ) {}

  async captionsFor(projects: readonly Captioned[]): Promise<ProjectCaptions> {
    const db = this.dataSource.manager;
    const ids = new Set(projects.map(({ organizationId }) => organizationId));
    const organizations = await this.organizations.findNames([...ids], db);
    const users = await this.users.find([...new Set(projects.map(({ createdBy }) => createdBy))], db);
    return {
      organizationOf: (organizationId) => organizations.get(organizationId),
      nameOf: (userId) => users.get(userId)?.fullName ?? '',
    };
  }
}
