import { Body, Controller, Post } from '@nestjs/common';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { OrganizationDto } from '../../http/organization.dto.js';
import { AcceptanceOperations } from './acceptance-operations.js';
import { AcceptInvitationDto } from './invitation.dto.js';

@Controller('_core/invitations')
export class AcceptanceController {
  constructor(private readonly operations: AcceptanceOperations) {}

  @Post('accept')
  @CoreOperation({
    id: 'organizations.acceptInvitation',
    access: 'organizations:write',
    success: { status: 200, type: OrganizationDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'invitation.accepted',
    idempotent: true,
  })
  acceptInvitation(
    @CurrentCaller() caller: Caller,
    @Body() { token }: AcceptInvitationDto,
  ): Promise<OrganizationDto> {
    return this.operations.acceptInvitation(caller, token);
  }
}
