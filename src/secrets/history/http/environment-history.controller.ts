import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { ConditionalWrite, type IfMatch, IfMatchHeader } from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import {
  DiffQuery,
  EnvironmentDiffDto,
  HistoryQuery,
  RestoreEnvironmentDto,
  RestoreResultDto,
  VariableVersionListDto,
} from './history.dto.js';
import { HistoryOperations } from './history-operations.js';

const EnvironmentId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

@Controller('_core/environments/:id')
export class EnvironmentHistoryController {
  constructor(private readonly operations: HistoryOperations) {}

  @Get('history')
  @EnvironmentId()
  @CoreOperation({
    id: 'secrets.listEnvironmentHistory',
    access: 'secrets:read',
    success: { status: 200, type: VariableVersionListDto },
    errors: [400, 404],
  })
  async listEnvironmentHistory(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @Query() query: HistoryQuery,
  ): Promise<VariableVersionListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listHistory(caller, id, query, listing);
    return listEnvelope(listed, listing, (version) => version);
  }

  @Get('diff')
  @EnvironmentId()
  @CoreOperation({
    id: 'secrets.diffEnvironment',
    access: 'secrets:read',
    success: { status: 200, type: EnvironmentDiffDto },
    errors: [400, 404],
    audit: 'environment.read',
  })
  async diffEnvironment(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @Query() query: DiffQuery,
  ): Promise<EnvironmentDiffDto> {
    return this.operations.diff(caller, id, query);
  }

  @Post('restore')
  @EnvironmentId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'secrets.restoreEnvironment',
    access: 'secrets:write',
    idempotent: true,
    success: { status: 200, type: RestoreResultDto },
    errors: [400, 404, 412, 413, 415],
    audit: 'environment.restored',
  })
  async restoreEnvironment(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: RestoreEnvironmentDto,
  ): Promise<RestoreResultDto> {
    return this.operations.restore(caller, id, body, ifMatch);
  }
}
