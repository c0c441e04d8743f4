import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ProjectContents, type ProjectOwner } from '../projects/index.js';
import { EnvironmentChangesService } from './environments/environment-changes.service.js';

/** What goes with a project: its environments and all that was ever in them. */
@Injectable()
export class ProjectEnvironments extends ProjectContents {
  constructor(private readonly changes: EnvironmentChangesService) {
    super();
  }

  delete(owner: ProjectOwner, tx: Tx): Promise<void> {
    return this.changes.deleteAll(owner, tx);
  }
}
