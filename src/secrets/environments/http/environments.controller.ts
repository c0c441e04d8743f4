import { Body, Controller, Delete, Get, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import {
  answerVersioned,
  ConditionalRead,
  ConditionalWrite,
  type IfMatch,
  IfMatchHeader,
} from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import {
  CreateEnvironmentDto,
  EnvironmentDto,
  EnvironmentListDto,
  EnvironmentQuery,
  UpdateEnvironmentDto,
} from './environment.dto.js';
import { EnvironmentOperations } from './environment-operations.js';

const EnvironmentId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

const WRITE = { access: 'secrets:write', idempotent: true } as const;

@Controller('_core/environments')
export class EnvironmentsController {
  constructor(private readonly operations: EnvironmentOperations) {}

  @Post()
  @CoreOperation({
    id: 'secrets.createEnvironment',
    ...WRITE,
    success: { status: 201, type: EnvironmentDto, etag: true },
    errors: [400, 404, 413, 415],
    audit: 'environment.created',
  })
  async createEnvironment(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateEnvironmentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnvironmentDto | undefined> {
    return answerVersioned(reply, await this.operations.createEnvironment(caller, body));
  }

  @Get()
  @CoreOperation({
    id: 'secrets.listEnvironments',
    access: 'secrets:read',
    success: { status: 200, type: EnvironmentListDto },
    errors: [400],
  })
  async listEnvironments(
    @CurrentCaller() caller: Caller,
    @Query() query: EnvironmentQuery,
  ): Promise<EnvironmentListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listEnvironments(caller, query, listing);
    return listEnvelope(listed, listing, (environment) => environment);
  }

  @Get(':id')
  @EnvironmentId()
  @ConditionalRead()
  @CoreOperation({
    id: 'secrets.getEnvironment',
    access: 'secrets:read',
    success: { status: 200, type: EnvironmentDto, etag: true },
    errors: [400, 404],
  })
  async getEnvironment(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnvironmentDto | undefined> {
    return answerVersioned(reply, await this.operations.getEnvironment(caller, id));
  }

  @Patch(':id')
  @EnvironmentId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'secrets.updateEnvironment',
    ...WRITE,
    success: { status: 200, type: EnvironmentDto, etag: true },
    errors: [400, 404, 412, 413, 415],
    audit: 'environment.updated',
  })
  async updateEnvironment(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateEnvironmentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnvironmentDto | undefined> {
    return answerVersioned(reply, await this.operations.updateEnvironment(caller, id, body, ifMatch));
  }

  @Delete(':id')
  @EnvironmentId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'secrets.deleteEnvironment',
    access: 'secrets:delete',
    idempotent: true,
    success: { status: 204 },
    errors: [400, 404, 412],
    audit: 'environment.deleted',
  })
  async deleteEnvironment(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteEnvironment(caller, id, ifMatch);
  }
}
