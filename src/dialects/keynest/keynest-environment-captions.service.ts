import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UserDirectory } from '../../accounts/index.js';
import { ProjectsService } from '../../projects/index.js';
import type { Environments } from '../../secrets/index.js';

/** What KeyNest's clients read beside environments. */
export interface EnvironmentCaptions {
  /** Name and number of a project; undefined for one that was deleted meanwhile. */
  readonly projectOf: (projectId: string) => { readonly number: number; readonly name: string } | undefined;
  /** Empty for somebody who is no more. */
  readonly nameOf: (userId: string) => string;
}

type Captioned = Pick<Environments.Environment, 'organizationId' | 'projectId' | 'createdBy'>;

/** Names of the projects and people that environments and variables mention by their ids: one query each for a whole page. */
@Injectable()
export class KeynestEnvironmentCaptions {
  constructor(
    private readonly projects: ProjectsService,
    private readonly users: UserDirectory,
    private readonly dataSource: DataSource,
  ) {}

  async captionsFor(things: readonly Captioned[]): Promise<EnvironmentCaptions> {
    const projects = await this.projects.namesOf(things);
    return { projectOf: (id) => projects.get(id), nameOf: await this.namesFor(things) };
  }

  /** Names of those who made things. */
  async namesFor(things: readonly Pick<Captioned, 'createdBy'>[]): Promise<EnvironmentCaptions['nameOf']> {
    const ids = [...new Set(things.map(({ createdBy }) => createdBy))];
    const users = await this.users.find(ids, this.dataSource.manager);
    return (userId) => users.get(userId)?.fullName ?? '';
  }
}
