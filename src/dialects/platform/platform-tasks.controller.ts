import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { TaskOperations } from '../../jobs/index.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { platformList, platformSingle } from './platform-envelope.presenter.js';
import { inCoreWords } from './platform-list.query.js';
import { PlatformOperation } from './platform-operation.decorator.js';
import { PlatformTaskDto, PlatformTaskListDto, PlatformTaskQuery } from './platform-task.dto.js';

const ID = { name: 'id', schema: { type: 'string' as const } };

@Controller('_platform/tasks')
export class PlatformTasksController {
  constructor(private readonly operations: TaskOperations) {}

  @Get()
  @PlatformOperation({
    id: 'platform.listTasks',
    access: 'jobs:read',
    success: { status: 200, type: PlatformTaskListDto },
    errors: [400],
  })
  async listTasks(
    @CurrentCaller() caller: Caller,
    @Query() query: PlatformTaskQuery,
  ): Promise<PlatformTaskListDto> {
    return platformList(await this.operations.listTasks(caller, inCoreWords(query)), query);
  }

  @Get(':id')
  @ApiParam(ID)
  @PlatformOperation({
    id: 'platform.getTask',
    access: 'jobs:read',
    success: { status: 200, type: PlatformTaskDto },
    errors: [404],
  })
  async getTask(@CurrentCaller() caller: Caller, @IdParam('task') id: string): Promise<PlatformTaskDto> {
    return platformSingle(await this.operations.getTask(caller, id), caller.answerTime());
  }

  @Post(':id/cancel')
  @ApiParam(ID)
  @PlatformOperation({
    id: 'platform.cancelTask',
    access: 'jobs:write',
    success: { status: 200, type: PlatformTaskDto },
    errors: [404, 409],
    audit: 'task.cancelled',
    idempotent: true,
  })
  async cancelTask(@CurrentCaller() caller: Caller, @IdParam('task') id: string): Promise<PlatformTaskDto> {
    return platformSingle(await this.operations.cancelTask(caller, id), caller.answerTime());
  }

  @Post(':id/retry')
  @ApiParam(ID)
  @PlatformOperation({
    id: 'platform.retryTask',
    access: 'jobs:write',
    success: { status: 202, type: PlatformTaskDto },
    errors: [404, 409],
    audit: 'task.retried',
    idempotent: true,
  })
  async retryTask(@CurrentCaller() caller: Caller, @IdParam('task') id: string): Promise<PlatformTaskDto> {
    return platformSingle(await this.operations.retryTask(caller, id), caller.answerTime());
  }
}
