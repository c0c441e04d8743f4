import { Injectable } from '@nestjs/common';
import { UserChangesService } from '../../accounts/index.js';
import { MemberDepartures } from '../../organizations/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { holds } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ErasedPeopleRepository } from './erased-people.repository.js';
import { erasureError } from './erasures.errors.js';

/** Settles whom somebody may have erased, and whether their account goes too. */
@Injectable()
export class ErasedPeople {
  constructor(
    private readonly repository: ErasedPeopleRepository,
    private readonly users: UserChangesService,
    private readonly departures: MemberDepartures,
  ) {}

  /**
   * Accounts go where an administrator of the instance asks, or the account is of the caller's organization alone; of others
   * the organization erases what it has of them, once they have left.
   * @returns whether the account goes
   * @throws AppError NOT_FOUND, OWN_ACCOUNT, LAST_ADMINISTRATOR, LAST_ADMIN, ORGANIZATION_OWNED, STILL_MEMBER
   */
  async settle(caller: Caller, userId: string, tx: Tx): Promise<boolean> {
    const { organizationId, mode } = caller.principal;
    // A sandbox has no people.
    const standing = mode === 'live' ? await this.repository.find(organizationId, userId, tx) : undefined;
    const isInstance = holds(caller.principal, 'admin:write');
    if (!standing || !(isInstance || standing.isOwn || standing.isMember || standing.hasActed))
      throw platformError('NOT_FOUND', { details: { field: 'user_id', constraint: 'exists' } });
    if (standing.isErased) return false;
    if (isInstance || (standing.isOwn && !standing.administersInstance)) {
      await this.users.lockForRemoval(caller, userId, tx);
      await this.departures.plan(userId, false, tx);
      return true;
    }
    if (standing.isMember) throw erasureError('STILL_MEMBER');
    return false;
  }
}
