import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ProjectContents, type ProjectOwner } from '../projects/index.js';
import { KnowledgeBasesRepository } from './bases/knowledge-bases.repository.js';

/** What goes with a project: its knowledge bases and all texts in them. Their documents go as the project's others do. */
@Injectable()
export class ProjectKnowledge extends ProjectContents {
  constructor(private readonly bases: KnowledgeBasesRepository) {
    super();
  }

  delete(owner: ProjectOwner, tx: Tx): Promise<void> {
    return this.bases.deleteOfProject(owner, tx);
  }
}
