import { Controller, Get, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { EnvironmentListDto, ProjectEnvironmentQuery } from './environment.dto.js';
import { EnvironmentOperations } from './environment-operations.js';

@Controller('_core/projects/:id/environments')
export class ProjectEnvironmentsController {
  constructor(private readonly operations: EnvironmentOperations) {}

  @Get()
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'secrets.listProjectEnvironments',
    access: 'secrets:read',
    success: { status: 200, type: EnvironmentListDto },
    errors: [400, 404],
  })
  async listProjectEnvironments(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @Query() query: ProjectEnvironmentQuery,
  ): Promise<EnvironmentListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listProjectEnvironments(caller, id, query, listing);
    return listEnvelope(listed, listing, (environment) => environment);
  }
}
