import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import {
  CreatedInvitationDto,
  CreateInvitationDto,
  InvitationListDto,
  InvitationQuery,
} from './invitation.dto.js';
import { InvitationOperations } from './invitation-operations.js';

@Controller('_core/organizations/:id/invitations')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class InvitationsController {
  constructor(private readonly operations: InvitationOperations) {}

  @Post()
  @CoreOperation({
    id: 'organizations.createInvitation',
    access: 'organizations:manage',
    success: { status: 201, type: CreatedInvitationDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'invitation.created',
    idempotent: true,
  })
  createInvitation(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @Body() body: CreateInvitationDto,
  ): Promise<CreatedInvitationDto> {
    return this.operations.createInvitation(caller, id, body);
  }

  @Get()
  @CoreOperation({
    id: 'organizations.listInvitations',
    access: 'organizations:manage',
    success: { status: 200, type: InvitationListDto },
    errors: [400, 404],
  })
  async listInvitations(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @Query() query: InvitationQuery,
  ): Promise<InvitationListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listInvitations(caller, id, query, listing);
    return listEnvelope(listed, listing, (invitation) => invitation);
  }

  @Delete(':invitation_id')
  @ApiParam({ name: 'invitation_id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'organizations.revokeInvitation',
    access: 'organizations:manage',
    success: { status: 204 },
    errors: [404, 409],
    audit: 'invitation.revoked',
    idempotent: true,
  })
  revokeInvitation(
    @CurrentCaller() caller: Caller,
    @IdParam('org') id: string,
    @IdParam('inv', 'invitation_id') invitationId: string,
  ): Promise<void> {
    return this.operations.revokeInvitation(caller, id, invitationId);
  }
}
