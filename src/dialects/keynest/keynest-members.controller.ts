import { Body, Controller, Delete, Get, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { KeynestAddress } from './keynest-address.js';
import { keynestList } from './keynest-list.presenter.js';
import { KeynestListQuery, keynestListing } from './keynest-list.query.js';
import { KeynestMemberOperations } from './keynest-member-operations.js';
import { NumberParam } from './keynest-number.decorator.js';
import { KeynestOperation } from './keynest-operation.decorator.js';
import {
  InviteKeynestMemberDto,
  KeynestInvitationDto,
  KeynestMemberDto,
  KeynestMemberListDto,
  RemoveKeynestMemberDto,
  UpdateKeynestMemberDto,
} from './keynest-organization.dto.js';

@Controller('_keynest/api/organizations/:id')
@ApiParam({ name: 'id', schema: { type: 'integer' } })
export class KeynestMembersController {
  constructor(
    private readonly operations: KeynestMemberOperations,
    private readonly address: KeynestAddress,
  ) {}

  @Get('members')
  @KeynestOperation({
    id: 'keynest.listMembers',
    access: 'organizations:read',
    success: { status: 200, type: KeynestMemberListDto },
    errors: [400, 404],
    numbered: 'org',
  })
  async listMembers(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Query() query: KeynestListQuery,
    @Req() request: FastifyRequest,
  ): Promise<KeynestMemberListDto> {
    const listing = keynestListing(query);
    const listed = await this.operations.listMembers(caller, number, listing);
    const path = `/api/organizations/${number}/members/`;
    return keynestList(listed, listing.page, { base: this.address.baseOf(request), path, filters: {} });
  }

  @Post('invite_member')
  @KeynestOperation({
    id: 'keynest.inviteMember',
    access: 'organizations:manage',
    success: { status: 201, type: KeynestInvitationDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'invitation.created',
    idempotent: true,
    numbered: 'org',
  })
  inviteMember(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Body() body: InviteKeynestMemberDto,
  ): Promise<KeynestInvitationDto> {
    return this.operations.inviteMember(caller, number, body);
  }

  @Patch('update_member_role')
  @KeynestOperation({
    id: 'keynest.updateMember',
    access: 'organizations:manage',
    success: { status: 200, type: KeynestMemberDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'member.role_changed',
    idempotent: true,
    numbered: 'org',
  })
  updateMember(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Body() { user_id, role }: UpdateKeynestMemberDto,
  ): Promise<KeynestMemberDto> {
    return this.operations.updateMember(caller, number, user_id, role);
  }

  @Delete('remove_member')
  @KeynestOperation({
    id: 'keynest.removeMember',
    access: 'organizations:write',
    success: { status: 204 },
    errors: [400, 404, 409, 413, 415],
    audit: 'member.removed',
    idempotent: true,
    numbered: 'org',
  })
  removeMember(
    @CurrentCaller() caller: Caller,
    @NumberParam() number: number,
    @Body() { user_id }: RemoveKeynestMemberDto,
  ): Promise<void> {
    return this.operations.removeMember(caller, number, user_id);
  }
}
