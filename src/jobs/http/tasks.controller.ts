import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { JobTaskQuery, TaskDto, TaskListDto, TaskQuery } from './task.dto.js';
import { TaskOperations } from './task-operations.js';

@Controller('_core')
export class TasksController {
  constructor(private readonly operations: TaskOperations) {}

  @Get('jobs/:id/tasks')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'jobs.listJobTasks',
    access: 'jobs:read',
    success: { status: 200, type: TaskListDto },
    errors: [400, 404],
  })
  listJobTasks(
    @CurrentCaller() caller: Caller,
    @IdParam('job') id: string,
    @Query() query: JobTaskQuery,
  ): Promise<TaskListDto> {
    return this.operations.listJobTasks(caller, id, query);
  }

  @Get('tasks')
  @CoreOperation({
    id: 'jobs.listTasks',
    access: 'jobs:read',
    success: { status: 200, type: TaskListDto },
    errors: [400],
  })
  listTasks(@CurrentCaller() caller: Caller, @Query() query: TaskQuery): Promise<TaskListDto> {
    return this.operations.listTasks(caller, query);
  }

  @Get('tasks/:id')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'jobs.getTask',
    access: 'jobs:read',
    success: { status: 200, type: TaskDto },
    errors: [404],
  })
  getTask(@CurrentCaller() caller: Caller, @IdParam('task') id: string): Promise<TaskDto> {
    return this.operations.getTask(caller, id);
  }

  @Post('tasks/:id/cancel')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'jobs.cancelTask',
    access: 'jobs:write',
    success: { status: 200, type: TaskDto },
    errors: [404, 409],
    audit: 'task.cancelled',
    idempotent: true,
  })
  cancelTask(@CurrentCaller() caller: Caller, @IdParam('task') id: string): Promise<TaskDto> {
    return this.operations.cancelTask(caller, id);
  }

  @Post('tasks/:id/retry')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'jobs.retryTask',
    access: 'jobs:write',
    success: { status: 202, type: TaskDto },
    errors: [404, 409],
    audit: 'task.retried',
    idempotent: true,
  })
  retryTask(@CurrentCaller() caller: Caller, @IdParam('task') id: string): Promise<TaskDto> {
    return this.operations.retryTask(caller, id);
  }
}
