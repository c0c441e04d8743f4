import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { OrganizationRole } from '../../platform/http/permission.js';
import { administers } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import { roleHere } from '../here.js';
import { OrganizationContentsRegistry } from '../organization-contents.js';
import { OrganizationNewsWriter } from '../organization-news.service.js';
import { organizationError } from '../organizations.errors.js';
import { OrganizationsRepository } from '../organizations.repository.js';
import { type Membership, MembershipsRepository } from './memberships.repository.js';

/**
 * Changing who belongs to an organization. Changes follow one another under the lock of its row, so that of several
 * administrators who leave at once one stays. Each holds from the very next request on, since every request reads its
 * memberships anew.
 */
@Injectable()
export class MemberChangesService {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly contents: OrganizationContentsRegistry,
    private readonly news: OrganizationNewsWriter,
    private readonly events: EventOutbox,
  ) {}

  /** @throws AppError NOT_FOUND, LAST_ADMIN */
  async changeRole(
    caller: Caller,
    organizationId: string,
    userId: string,
    role: OrganizationRole,
    tx: Tx,
  ): Promise<void> {
    const member = await this.lock(caller, organizationId, userId, tx);
    if (member.role === role) return;
    await this.refuseLastAdmin(organizationId, member, tx);
    await this.memberships.setRole(organizationId, userId, role, tx);
    await this.organizations.adjustCounts(organizationId, {}, tx);
    const details = { previous_role: member.role, role };
    await this.tell(caller, { organizationId, action: 'member.role_changed', userId, details }, tx);
    const data = { user_id: userId, organization_id: organizationId, role };
    await this.events.append({ organizationId, name: 'user.role_changed', data }, tx);
  }

  /**
   * Removes a member, as administrators may, or lets the caller leave.
   * @throws AppError NOT_FOUND, PERMISSION_DENIED, LAST_ADMIN
   */
  async removeMember(caller: Caller, organizationId: string, userId: string, tx: Tx): Promise<void> {
    const isOwn = userId === caller.principal.userId;
    roleHere(caller.principal, organizationId);
    if (!isOwn && !administers(caller.principal))
      throw platformError('PERMISSION_DENIED', {
        message: 'Administrators of the organization remove members; you can leave it yourself.',
      });
    const member = await this.lock(caller, organizationId, userId, tx);
    await this.refuseLastAdmin(organizationId, member, tx);
    await this.memberships.delete(organizationId, userId, tx);
    await this.contents.memberLeft(organizationId, userId, tx);
    await this.organizations.adjustCounts(organizationId, { members: -1 }, tx);
    const details = { role: member.role };
    const action = isOwn ? 'member.left' : 'member.removed';
    await this.tell(caller, { organizationId, action, userId, details }, tx);
  }

  private async lock(caller: Caller, organizationId: string, userId: string, tx: Tx): Promise<Membership> {
    roleHere(caller.principal, organizationId);
    if (!(await this.organizations.lock(organizationId, tx))) throw platformError('NOT_FOUND');
    const member = await this.memberships.find(organizationId, userId, tx);
    if (!member) throw platformError('NOT_FOUND');
    return member;
  }

  private async refuseLastAdmin(organizationId: string, { userId, role }: Membership, tx: Tx): Promise<void> {
    if (role !== 'admin' || (await this.memberships.hasOtherAdmin(organizationId, userId, tx))) return;
    throw organizationError('LAST_ADMIN');
  }

  private tell(
    caller: Caller,
    news: {
      readonly organizationId: string;
      readonly action: string;
      readonly userId: string;
      readonly details: Readonly<Record<string, string>>;
    },
    tx: Tx,
  ): Promise<void> {
    const { userId, ...rest } = news;
    const target = { type: 'user', id: userId } as const;
    return this.news.tell(caller, { ...rest, target, subjectUserId: userId }, tx);
  }
}
