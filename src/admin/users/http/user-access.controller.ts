import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { IssuedResetDto } from './user.dto.js';
import { UserAccessOperations } from './user-access-operations.js';
import { SetUserPermissionsDto, UserPermissionsDto } from './user-permissions.dto.js';

const ID = { name: 'id', schema: { type: 'string' as const } };

@Controller('_core/users/:id')
export class UserAccessController {
  constructor(private readonly operations: UserAccessOperations) {}

  @Get('permissions')
  @ApiParam(ID)
  @CoreOperation({
    id: 'admin.getUserPermissions',
    access: 'user:read',
    success: { status: 200, type: UserPermissionsDto },
    errors: [404],
  })
  getUserPermissions(@IdParam('user') id: string): Promise<UserPermissionsDto> {
    return this.operations.getPermissions(id);
  }

  @Put('permissions')
  @ApiParam(ID)
  @CoreOperation({
    id: 'admin.setUserPermissions',
    access: 'admin:write',
    success: { status: 200, type: UserPermissionsDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'user.role_changed',
    idempotent: true,
  })
  setUserPermissions(
    @CurrentCaller() caller: Caller,
    @IdParam('user') id: string,
    @Body() body: SetUserPermissionsDto,
  ): Promise<UserPermissionsDto> {
    return this.operations.setPermissions(caller, id, body);
  }

  @Post('password-reset')
  @ApiParam(ID)
  @CoreOperation({
    id: 'admin.issuePasswordReset',
    access: 'admin:write',
    success: { status: 201, type: IssuedResetDto },
    errors: [404],
    audit: 'user.password_reset_issued',
    idempotent: true,
  })
  issuePasswordReset(@CurrentCaller() caller: Caller, @IdParam('user') id: string): Promise<IssuedResetDto> {
    return this.operations.issueReset(caller, id);
  }
}
