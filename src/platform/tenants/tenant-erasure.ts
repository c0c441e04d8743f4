import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import { TenantErasureRepository } from './tenant-erasure.repository.js';
import { TenantKeys } from './tenant-keys.js';

/**
 * Ends organizations. What matters happens in the caller's transaction and is short: the keys are destroyed, so that nothing
 * opens any more, and whatever lets somebody in ends, so that nothing is seen from the next request on. The leader drops rows
 * and objects afterwards, see tenant-eraser.ts.
 */
@Injectable()
export class TenantErasure {
  constructor(
    private readonly repository: TenantErasureRepository,
    private readonly keys: TenantKeys,
  ) {}

  /**
   * Erases an organization and its sandbox, or a sandbox alone. Its row stays as a nameless tombstone with `deleted_at`,
   * which every query of organizations must leave out; a sandbox's goes when nothing can be under way for it any more. Memberships,
   * invitations, shares and break-glass of it end here, and with the memberships its API keys; audit rows of an
   * organization stay, without what was sealed in them, those of a sandbox go.
   *
   * An audit row that tells of the end is appended before this is called, and nothing is sealed for the organization after.
   * @returns false when there is no such organization, or it was erased before
   * @throws Error when it {@link isHome}, or a project of it is under legal hold: the caller asks first
   */
  async begin(organizationId: string, tx: Tx): Promise<boolean> {
    const found = await this.repository.lock(organizationId, tx);
    if (!found) return false;
    const obstacle = await this.repository.findObstacle(organizationId, tx);
    if (obstacle) throw new Error(`the organization cannot end: ${obstacle}`);
    await this.end(organizationId, found.sandboxId, tx);
    return true;
  }

  /**
   * The same of one that ended once and has come back with a restored database, whatever is held in it: holds were lifted
   * before it ended.
   * @throws Error when it {@link isHome}
   */
  async beginAgain(organizationId: string, tx: Tx): Promise<void> {
    const found = await this.repository.lock(organizationId, tx);
    if (!found) return;
    if (await this.isHome(organizationId, tx)) throw new Error('the organization cannot end: home');
    await this.end(organizationId, found.sandboxId, tx);
  }

  /** Erases a sandbox alone, whatever is held in it; its organization's row must be locked, and has none from here on. */
  async beginSandbox(sandboxId: string, tx: Tx): Promise<void> {
    await this.repository.detachSandbox(sandboxId, tx);
    await this.end(sandboxId, null, tx);
  }

  /** Whether somebody whose name or e-mail is known has their home there: the organization's keys seal them. */
  async isHome(organizationId: string, db: Tx): Promise<boolean> {
    return (await this.repository.findObstacle(organizationId, db)) === 'home';
  }

  private async end(organizationId: string, sandboxId: string | null, tx: Tx): Promise<void> {
    if (sandboxId) await this.end(sandboxId, null, tx);
    await this.repository.endAccess(organizationId, tx);
    await this.keys.destroy(organizationId, tx);
    await this.repository.markDeleted(organizationId, tx);
  }
}
