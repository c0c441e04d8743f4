import type { Tx } from '../database/unit-of-work.js';

/** What those who make API keys must know of sandboxes; the organizations module provides it, globally. */
export abstract class Sandboxes {
  /**
   * Sees to it that an organization has a sandbox.
   * @param userId in whose name its first project is made
   * @throws AppError NOT_FOUND when there is no such organization any more
   */
  abstract ensure(organizationId: string, userId: string, tx: Tx): Promise<void>;
}
