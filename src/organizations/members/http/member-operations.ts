import { Injectable } from '@nestjs/common';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { OrganizationRole } from '../../../platform/http/permission.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { MemberChangesService } from '../member-changes.service.js';
import { type Member, MembersService } from '../members.service.js';
import type { MemberDto, MemberQuery } from './member.dto.js';

const presentMember = ({ user, role, joinedAt }: Member): MemberDto => ({
  user_id: user.id,
  number: user.number,
  username: user.username,
  email: user.email,
  full_name: user.fullName,
  role,
  joined_at: joinedAt.toISOString(),
});

/** Members as every surface offers them. */
@Injectable()
export class MemberOperations {
  constructor(
    private readonly members: MembersService,
    private readonly changes: MemberChangesService,
    private readonly writes: Writes,
  ) {}

  async listMembers(
    caller: Caller,
    organizationId: string,
    { role }: Pick<MemberQuery, 'role'>,
    listing: Listing,
  ): Promise<Listed<MemberDto>> {
    const { rows, ...rest } = await this.members.listMembers(caller, organizationId, { role }, listing);
    return { ...rest, rows: rows.map(presentMember) };
  }

  /** What is read of the member is read before: only the role changes. */
  async updateMember(
    caller: Caller,
    organizationId: string,
    userId: string,
    role: OrganizationRole,
  ): Promise<MemberDto> {
    const member = await this.members.getMember(caller, organizationId, userId);
    return this.writes.run(caller, async (tx) => {
      await this.changes.changeRole(caller, organizationId, userId, role, tx);
      return presentMember({ ...member, role });
    });
  }

  async removeMember(caller: Caller, organizationId: string, userId: string): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.removeMember(caller, organizationId, userId, tx);
      return undefined;
    });
  }
}
