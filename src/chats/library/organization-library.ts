import { Injectable } from '@nestjs/common';
import { OrganizationContents } from '../../organizations/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { LibraryRepository } from './library.repository.js';

/** What the end of somebody's membership means: what was theirs alone goes with them, what the team sees stays with the team. */
@Injectable()
export class OrganizationLibrary extends OrganizationContents {
  constructor(private readonly library: LibraryRepository) {
    super();
  }

  async assertErasable(): Promise<void> {
    // Nothing of it has to stay.
  }

  async memberLeft(organizationId: string, userId: string, tx: Tx): Promise<void> {
    await this.library.deletePrivate('prompts', organizationId, userId, tx);
    await this.library.deletePrivate('assistants', organizationId, userId, tx);
  }
}
