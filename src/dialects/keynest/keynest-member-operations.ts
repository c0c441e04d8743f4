import { Injectable } from '@nestjs/common';
import {
  InvitationOperations,
  MemberOperations,
  MembersService,
  OrganizationsService,
} from '../../organizations/index.js';
import type { Listing } from '../../platform/http/listing.js';
import type { OrganizationRole } from '../../platform/http/permission.js';
import type { Caller } from '../../platform/http/request-context.js';
import type {
  InviteKeynestMemberDto,
  KeynestInvitationDto,
  KeynestMemberDto,
} from './keynest-organization.dto.js';
import { presentKeynestMember } from './keynest-organization.presenter.js';

/** Who belongs to an organization: it and they by their numbers. */
@Injectable()
export class KeynestMemberOperations {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly members: MembersService,
    private readonly operations: MemberOperations,
    private readonly invitations: InvitationOperations,
  ) {}

  async listMembers(caller: Caller, number: number, listing: Listing) {
    const { id } = await this.organizations.getOrganizationByNumber(caller, number);
    const { rows, total } = await this.operations.listMembers(caller, id, {}, listing);
    return { rows: rows.map(presentKeynestMember), total };
  }

  async inviteMember(
    caller: Caller,
    number: number,
    body: InviteKeynestMemberDto,
  ): Promise<KeynestInvitationDto> {
    const { id } = await this.organizations.getOrganizationByNumber(caller, number);
    const made = await this.invitations.createInvitation(caller, id, body);
    const { email, role, expires_at, mailed, token, token_withheld } = made;
    return {
      ...{ message: 'Invitation created', email, role, expires_at, mailed },
      ...(token !== undefined && { token }),
      ...(token_withheld !== undefined && { token_withheld }),
    };
  }

  async updateMember(
    caller: Caller,
    number: number,
    userNumber: number,
    role: OrganizationRole,
  ): Promise<KeynestMemberDto> {
    const { id, userId } = await this.find(caller, number, userNumber);
    return presentKeynestMember(await this.operations.updateMember(caller, id, userId, role));
  }

  async removeMember(caller: Caller, number: number, userNumber: number): Promise<void> {
    const { id, userId } = await this.find(caller, number, userNumber);
    await this.operations.removeMember(caller, id, userId);
  }

  private async find(caller: Caller, number: number, userNumber: number) {
    const { id } = await this.organizations.getOrganizationByNumber(caller, number);
    const { userId } = await this.members.getMemberByNumber(caller, id, userNumber);
    return { id, userId };
  }
}
