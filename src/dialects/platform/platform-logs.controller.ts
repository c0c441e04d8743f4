import { Controller, Get, Query } from '@nestjs/common';
import { LogOperations } from '../../jobs/index.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { platformList } from './platform-envelope.presenter.js';
import { inCoreWords } from './platform-list.query.js';
import { PlatformLogListDto, PlatformLogQuery } from './platform-log.dto.js';
import { PlatformOperation } from './platform-operation.decorator.js';

@Controller('_platform/logs')
export class PlatformLogsController {
  constructor(private readonly operations: LogOperations) {}

  @Get()
  @PlatformOperation({
    id: 'platform.listLogs',
    access: 'jobs:read',
    success: { status: 200, type: PlatformLogListDto },
    errors: [400],
  })
  async listLogs(
    @CurrentCaller() caller: Caller,
    @Query() query: PlatformLogQuery,
  ): Promise<PlatformLogListDto> {
    return platformList(await this.operations.listLogs(caller, inCoreWords(query)), query);
  }
}
