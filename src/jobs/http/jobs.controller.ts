import { Body, Controller, Get, Header, Post, Query, Req } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { goneSignal } from '../../platform/http/server-sent-events.js';
import { JobDto } from '../../platform/queue/http/job.dto.js';
import { JobEventsService } from '../job-events.service.js';
import { eventStream } from './event-stream.js';
import { CreateJobDto, JobListDto, JobQuery } from './job.dto.js';
import { JOB_BODY_LIMIT, JobOperations } from './job-operations.js';

@Controller('_core/jobs')
export class JobsController {
  constructor(
    private readonly operations: JobOperations,
    private readonly events: JobEventsService,
  ) {}

  @Post()
  @CoreOperation({
    id: 'jobs.createJob',
    access: 'jobs:write',
    success: { status: 202, type: JobDto },
    errors: [400, 404, 413, 415, 422],
    audit: 'job.created',
    idempotent: true,
    bodyLimit: JOB_BODY_LIMIT,
  })
  createJob(@CurrentCaller() caller: Caller, @Body() body: CreateJobDto): Promise<JobDto> {
    return this.operations.createJob(caller, body);
  }

  @Get()
  @CoreOperation({
    id: 'jobs.listJobs',
    access: 'jobs:read',
    success: { status: 200, type: JobListDto },
    errors: [400],
  })
  listJobs(@CurrentCaller() caller: Caller, @Query() query: JobQuery): Promise<JobListDto> {
    return this.operations.listJobs(caller, query);
  }

  @Get(':id')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'jobs.getJob',
    access: 'jobs:read',
    success: { status: 200, type: JobDto },
    errors: [404],
  })
  getJob(@CurrentCaller() caller: Caller, @IdParam('job') id: string): Promise<JobDto> {
    return this.operations.getJob(caller, id);
  }

  @Post(':id/cancel')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'jobs.cancelJob',
    access: 'jobs:write',
    success: { status: 200, type: JobDto },
    errors: [404, 409],
    audit: 'job.cancelled',
    idempotent: true,
  })
  cancelJob(@CurrentCaller() caller: Caller, @IdParam('job') id: string): Promise<JobDto> {
    return this.operations.cancelJob(caller, id);
  }

  @Post(':id/retry')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'jobs.retryJob',
    access: 'jobs:write',
    success: { status: 202, type: JobDto },
    errors: [404, 409],
    audit: 'job.retried',
    idempotent: true,
  })
  retryJob(@CurrentCaller() caller: Caller, @IdParam('job') id: string): Promise<JobDto> {
    return this.operations.retryJob(caller, id);
  }

  @Get(':id/events')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @Header('content-type', 'text/event-stream; charset=utf-8')
  @Header('cache-control', 'no-cache, no-transform')
  @Header('x-accel-buffering', 'no')
  @CoreOperation({
    id: 'jobs.followJob',
    access: 'jobs:read',
    success: { status: 200, contentType: 'text/event-stream' },
    errors: [404],
  })
  async followJob(
    @CurrentCaller() caller: Caller,
    @IdParam('job') id: string,
    @Req() request: FastifyRequest,
  ): Promise<AsyncGenerator<string>> {
    return eventStream(await this.events.follow(caller, id, goneSignal(request)));
  }
}
