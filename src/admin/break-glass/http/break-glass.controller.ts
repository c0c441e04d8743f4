import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { BreakGlassDto, BreakGlassListDto, BreakGlassQuery, OpenBreakGlassDto } from './break-glass.dto.js';
import { BreakGlassOperations } from './break-glass-operations.js';

@Controller('_core/break-glass')
export class BreakGlassController {
  constructor(private readonly operations: BreakGlassOperations) {}

  @Post()
  @CoreOperation({
    id: 'admin.openBreakGlass',
    access: 'admin:write',
    success: { status: 201, type: BreakGlassDto },
    errors: [400, 404, 413, 415],
    audit: 'break_glass.opened',
    idempotent: true,
  })
  openBreakGlass(@CurrentCaller() caller: Caller, @Body() body: OpenBreakGlassDto): Promise<BreakGlassDto> {
    return this.operations.open(caller, body);
  }

  @Get()
  @CoreOperation({
    id: 'admin.listBreakGlass',
    access: 'organizations:read',
    success: { status: 200, type: BreakGlassListDto },
    errors: [400],
  })
  listBreakGlass(
    @CurrentCaller() caller: Caller,
    @Query() query: BreakGlassQuery,
  ): Promise<BreakGlassListDto> {
    return this.operations.list(caller, query);
  }

  @Delete(':id')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'admin.endBreakGlass',
    access: 'admin:write',
    success: { status: 204 },
    errors: [404],
    audit: 'break_glass.ended',
    idempotent: true,
  })
  endBreakGlass(@CurrentCaller() caller: Caller, @IdParam('glass') id: string): Promise<void> {
    return this.operations.end(caller, id);
  }
}
