import { Controller, Get, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { Tenancy } from '../../../platform/http/tenancy.service.js';
import { permissionsOf } from '../permission-list.js';
import { PermissionListDto, PermissionsQuery } from './permissions.dto.js';
import { presentPermissions } from './permissions.presenter.js';

@Controller('_core/permissions')
export class PermissionsController {
  constructor(private readonly tenancy: Tenancy) {}

  @Get()
  @CoreOperation({
    id: 'auth.listPermissions',
    access: 'authenticated',
    success: { status: 200, type: PermissionListDto },
    errors: [400],
  })
  async listPermissions(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Query() _query: PermissionsQuery,
  ): Promise<PermissionListDto> {
    const principal = await this.tenancy.settle(request, caller.principal);
    return presentPermissions(principal, permissionsOf(principal));
  }
}
