import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { JOB_BODY_LIMIT, JobDtos, JobOperations } from '../../jobs/index.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { platformList, platformSingle } from './platform-envelope.presenter.js';
import { PlatformJobDto, PlatformJobListDto, PlatformJobQuery } from './platform-job.dto.js';
import { inCoreWords } from './platform-list.query.js';
import { PlatformOperation } from './platform-operation.decorator.js';

const ID = { name: 'id', schema: { type: 'string' as const } };

@Controller('_platform/jobs')
export class PlatformJobsController {
  constructor(private readonly operations: JobOperations) {}

  @Post()
  @PlatformOperation({
    id: 'platform.createJob',
    access: 'jobs:write',
    success: { status: 202, type: PlatformJobDto },
    errors: [400, 404, 413, 415],
    audit: 'job.created',
    idempotent: true,
    bodyLimit: JOB_BODY_LIMIT,
  })
  async createJob(
    @CurrentCaller() caller: Caller,
    @Body() body: JobDtos.CreateJobDto,
  ): Promise<PlatformJobDto> {
    return platformSingle(await this.operations.createJob(caller, body), caller.answerTime());
  }

  @Get()
  @PlatformOperation({
    id: 'platform.listJobs',
    access: 'jobs:read',
    success: { status: 200, type: PlatformJobListDto },
    errors: [400],
  })
  async listJobs(
    @CurrentCaller() caller: Caller,
    @Query() query: PlatformJobQuery,
  ): Promise<PlatformJobListDto> {
    return platformList(await this.operations.listJobs(caller, inCoreWords(query)), query);
  }

  @Get(':id')
  @ApiParam(ID)
  @PlatformOperation({
    id: 'platform.getJob',
    access: 'jobs:read',
    success: { status: 200, type: PlatformJobDto },
    errors: [404],
  })
  async getJob(@CurrentCaller() caller: Caller, @IdParam('job') id: string): Promise<PlatformJobDto> {
    return platformSingle(await this.operations.getJob(caller, id), caller.answerTime());
  }

  @Post(':id/cancel')
  @ApiParam(ID)
  @PlatformOperation({
    id: 'platform.cancelJob',
    access: 'jobs:write',
    success: { status: 200, type: PlatformJobDto },
    errors: [404, 409],
    audit: 'job.cancelled',
    idempotent: true,
  })
  async cancelJob(@CurrentCaller() caller: Caller, @IdParam('job') id: string): Promise<PlatformJobDto> {
    return platformSingle(await this.operations.cancelJob(caller, id), caller.answerTime());
  }

  @Post(':id/retry')
  @ApiParam(ID)
  @PlatformOperation({
    id: 'platform.retryJob',
    access: 'jobs:write',
    success: { status: 202, type: PlatformJobDto },
    errors: [404, 409],
    audit: 'job.retried',
    idempotent: true,
  })
  async retryJob(@CurrentCaller() caller: Caller, @IdParam('job') id: string): Promise<PlatformJobDto> {
    return platformSingle(await this.operations.retryJob(caller, id), caller.answerTime());
  }
}
