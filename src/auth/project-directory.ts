import type { Tx } from '../platform/database/unit-of-work.js';

/** What auth must know of projects, which are built upon it; the projects module provides it. */
export abstract class ProjectDirectory {
  /** Whether the organization has an active project of this id. */
  abstract isActive(organizationId: string, projectId: string, db: Tx): Promise<boolean>;
}
