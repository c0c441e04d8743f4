import { Injectable } from '@nestjs/common';
import { UserChangesService, UserNewsWriter } from '../../accounts/index.js';
import { MemberDepartures } from '../../organizations/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import { UserTiesRepository } from './user-ties.repository.js';

/** The end of a user: what is theirs is erased, what others own stays, and names them by an id that leads to nobody. */
@Injectable()
export class UserRemoval {
  constructor(
    private readonly users: UserChangesService,
    private readonly departures: MemberDepartures,
    private readonly ties: UserTiesRepository,
    private readonly news: UserNewsWriter,
  ) {}

  /**
   * From the very next request on.
   * @param eraseOrganizations whether organizations without another member are erased too
   * @throws AppError NOT_FOUND, OWN_ACCOUNT, LAST_ADMINISTRATOR, LAST_ADMIN, ORGANIZATION_OWNED, ORGANIZATION_IN_USE,
   *   LEGAL_HOLD
   */
  async removeUser(caller: Caller, id: string, eraseOrganizations: boolean, tx: Tx): Promise<void> {
    const user = await this.users.lockForRemoval(caller, id, tx);
    const plan = await this.departures.plan(id, eraseOrganizations, tx);
    const { apiKeys, loginTokens } = await this.users.erase(user, tx);
    const counts = {
      api_keys: apiKeys,
      login_tokens: loginTokens,
      shares: await this.ties.cut(id, tx),
      memberships: plan.left.length,
      organizations: plan.ended.length,
    };
    // Told while there are keys to seal it under: home may be among what ends.
    await this.news.tell(caller, { ...user, disabled: true }, 'deleted', tx, { counts });
    await this.departures.carryOut(caller, plan, tx);
  }
}
