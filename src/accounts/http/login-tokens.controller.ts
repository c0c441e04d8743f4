import { Controller, Delete, Get, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { LoginTokenListDto, LoginTokenQuery } from './login-token.dto.js';
import { LoginTokenOperations } from './login-token-operations.js';

@Controller('_core/auth/tokens')
export class LoginTokensController {
  constructor(private readonly operations: LoginTokenOperations) {}

  @Get()
  @CoreOperation({
    id: 'auth.listTokens',
    access: 'auth:read',
    success: { status: 200, type: LoginTokenListDto },
    errors: [400],
  })
  listTokens(@CurrentCaller() caller: Caller, @Query() query: LoginTokenQuery): Promise<LoginTokenListDto> {
    return this.operations.listTokens(caller, query);
  }

  @Delete(':id')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'auth.revokeToken',
    access: 'auth:write',
    success: { status: 204 },
    errors: [404],
    audit: 'login_token.revoked',
    idempotent: true,
  })
  revokeToken(@CurrentCaller() caller: Caller, @IdParam('tok') id: string): Promise<void> {
    return this.operations.revokeToken(caller, id);
  }
}
