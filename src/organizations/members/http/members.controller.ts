import { Body, Controller, Delete, Get, Patch, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { MemberDto, MemberListDto, MemberQuery, UpdateMemberDto } from './member.dto.js';
import { MemberOperations } from './member-operations.js';

const UserId = (): MethodDecorator => ApiParam({ name: 'user_id', schema: { type: 'string' } });

@Controller('_core/organizations/:id/members')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class MembersController {
  constructor(private readonly operations: MemberOperations) {}

  @Get()
  @CoreOperation({
    id: 'organizations.listMembers',
    access: 'organizations:read',
    success: { status: 200, type: MemberListDto },
    errors: [400, 404],
  })
  async listMembers(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @Query() query: MemberQuery,
  ): Promise<MemberListDto> {
    const listing = listingOf(query);
    return listEnvelope(await this.operations.listMembers(caller, id, query, listing), listing, (row) => row);
  }

  @Patch(':user_id')
  @UserId()
  @CoreOperation({
    id: 'organizations.updateMember',
    access: 'organizations:manage',
    success: { status: 200, type: MemberDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'member.role_changed',
    idempotent: true,
  })
  updateMember(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @IdParam('user', 'user_id') userId: string,
    @Body() { role }: UpdateMemberDto,
  ): Promise<MemberDto> {
    return this.operations.updateMember(caller, id, userId, role);
  }

  @Delete(':user_id')
  @UserId()
  @CoreOperation({
    id: 'organizations.removeMember',
    access: 'organizations:write',
    success: { status: 204 },
    errors: [404, 409],
    audit: 'member.removed',
    idempotent: true,
  })
  removeMember(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @IdParam('user', 'user_id') userId: string,
  ): Promise<void> {
    return this.operations.removeMember(caller, id, userId);
  }
}
