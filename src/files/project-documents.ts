import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ProjectContents, type ProjectOwner } from '../projects/index.js';
import { DocumentRemoval } from './document-removal.service.js';

/** What goes with a project: its documents and their files. */
@Injectable()
export class ProjectDocuments extends ProjectContents {
  constructor(private readonly removal: DocumentRemoval) {
    super();
  }

  delete(owner: ProjectOwner, tx: Tx): Promise<void> {
    return this.removal.deleteAll(owner, tx);
  }
}
