import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { ProjectContents, type ProjectOwner } from '../../projects/index.js';
import { RedactionsRepository } from './redactions.repository.js';

/**
 * What goes with a project: its redactions. Their jobs are left to whoever is called for a task of theirs, since tasks are
 * locked before projects.
 */
@Injectable()
export class ProjectRedactions extends ProjectContents {
  constructor(private readonly redactions: RedactionsRepository) {
    super();
  }

  delete({ organizationId, projectId }: ProjectOwner, tx: Tx): Promise<void> {
    return this.redactions.deleteOfProject(organizationId, projectId, tx);
  }
}
