import { Injectable } from '@nestjs/common';
import { UserDirectory } from '../../accounts/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { type EventName, EventNames } from '../../platform/outbox/event-names.js';
import { MembershipsRepository } from './memberships.repository.js';

/** E-mail addresses of the members that events mention. Of anybody else an organization is told no more than the id. */
@Injectable()
export class MemberEventNames extends EventNames {
  readonly kind = 'user';

  constructor(
    private readonly memberships: MembershipsRepository,
    private readonly users: UserDirectory,
  ) {
    super();
  }

  async find(organizationId: string, ids: readonly string[], db: Tx): Promise<Map<string, EventName>> {
    const members = await this.memberships.membersAmong(organizationId, ids, db);
    const found = new Map<string, EventName>();
    for (const { id, email, erased } of (await this.users.find(members, db)).values())
      if (email !== null && !erased) found.set(id, { name: email, standIn: id });
    return found;
  }
}
