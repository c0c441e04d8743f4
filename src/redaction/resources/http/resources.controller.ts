import { Body, Controller, Delete, Get, Patch, Post, Put, Query, Res } from '@nestjs/common';
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
  CreateResourceDto,
  ResourceDto,
  ResourceListDto,
  ResourceQuery,
  UpdateResourceDto,
} from './resource.dto.js';
import { ResourceOperations } from './resource-operations.js';

const ResourceId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

const CHANGE = {
  access: 'redaction:write',
  success: { status: 200, type: ResourceDto, etag: true },
  errors: [400, 404, 412, 413, 415, 422],
  audit: 'resource.updated',
  idempotent: true,
} as const;

@Controller('_core/resources')
export class ResourcesController {
  constructor(private readonly operations: ResourceOperations) {}

  @Post()
  @CoreOperation({
    id: 'redaction.createResource',
    access: 'redaction:write',
    success: { status: 201, type: ResourceDto, etag: true },
    errors: [400, 413, 415, 422],
    audit: 'resource.created',
    idempotent: true,
  })
  async createResource(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateResourceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResourceDto | undefined> {
    return answerVersioned(reply, await this.operations.createResource(caller, body));
  }

  @Get()
  @CoreOperation({
    id: 'redaction.listResources',
    access: 'redaction:read',
    success: { status: 200, type: ResourceListDto },
    errors: [400],
  })
  async listResources(
    @CurrentCaller() caller: Caller,
    @Query() query: ResourceQuery,
  ): Promise<ResourceListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listResources(caller, query, listing);
    return listEnvelope(listed, listing, (resource) => resource);
  }

  @Get(':id')
  @ResourceId()
  @ConditionalRead()
  @CoreOperation({
    id: 'redaction.getResource',
    access: 'redaction:read',
    success: { status: 200, type: ResourceDto, etag: true },
    errors: [400, 404],
  })
  async getResource(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResourceDto | undefined> {
    return answerVersioned(reply, await this.operations.getResource(caller, id));
  }

  @Patch(':id')
  @ResourceId()
  @ConditionalWrite()
  @CoreOperation({ id: 'redaction.updateResource', ...CHANGE })
  async updateResource(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateResourceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResourceDto | undefined> {
    return answerVersioned(reply, await this.operations.updateResource(caller, id, body, ifMatch));
  }

  @Put(':id')
  @ResourceId()
  @ConditionalWrite()
  @CoreOperation({ id: 'redaction.putResource', ...CHANGE })
  putResource(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateResourceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResourceDto | undefined> {
    return this.updateResource(caller, id, ifMatch, body, reply);
  }

  @Delete(':id')
  @ResourceId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'redaction.deleteResource',
    access: 'redaction:write',
    success: { status: 204 },
    errors: [400, 404, 412],
    audit: 'resource.deleted',
    idempotent: true,
  })
  async deleteResource(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteResource(caller, id, ifMatch);
  }
}
