import { Controller, Get, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { JobLogQuery, LogListDto, LogQuery } from './log.dto.js';
import { LogOperations } from './log-operations.js';

@Controller('_core')
export class LogsController {
  constructor(private readonly operations: LogOperations) {}

  @Get('jobs/:id/logs')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'jobs.listJobLogs',
    access: 'jobs:read',
    success: { status: 200, type: LogListDto },
    errors: [400, 404],
  })
  listJobLogs(
    @CurrentCaller() caller: Caller,
    @IdParam('job') id: string,
    @Query() query: JobLogQuery,
  ): Promise<LogListDto> {
    return this.operations.listJobLogs(caller, id, query);
  }

  @Get('logs')
  @CoreOperation({
    id: 'jobs.listLogs',
    access: 'jobs:read',
    success: { status: 200, type: LogListDto },
    errors: [400],
  })
  listLogs(@CurrentCaller() caller: Caller, @Query() query: LogQuery): Promise<LogListDto> {
    return this.operations.listLogs(caller, query);
  }
}
