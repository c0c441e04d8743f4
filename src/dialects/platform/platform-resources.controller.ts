import { Body, Controller, Delete, Get, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  answerVersioned,
  ConditionalRead,
  ConditionalWrite,
  type IfMatch,
  IfMatchHeader,
} from '../../platform/http/etag.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { ResourceDtos, ResourceOperations } from '../../redaction/index.js';
import { platformList, platformSingle } from './platform-envelope.presenter.js';
import { inCoreWords } from './platform-list.query.js';
import { PlatformOperation } from './platform-operation.decorator.js';
import {
  PlatformResourceDto,
  PlatformResourceListDto,
  PlatformResourceQuery,
} from './platform-resource.dto.js';

const ID = { name: 'id', schema: { type: 'string' as const } };

const CHANGE = {
  access: 'redaction:write',
  success: { status: 200, type: PlatformResourceDto, etag: true },
  errors: [400, 404, 412, 413, 415],
  audit: 'resource.updated',
  idempotent: true,
} as const;

/** A resource in Platform's envelope with its ETag, or nothing where the reader has it already. */
function answer(
  caller: Caller,
  reply: FastifyReply,
  resource: ResourceDtos.ResourceDto,
): PlatformResourceDto | undefined {
  const shown = answerVersioned(reply, resource);
  return shown && platformSingle(shown, caller.answerTime());
}

@Controller('_platform/resources')
export class PlatformResourcesController {
  constructor(private readonly operations: ResourceOperations) {}

  @Post()
  @PlatformOperation({
    id: 'platform.createResource',
    access: 'redaction:write',
    success: { status: 201, type: PlatformResourceDto, etag: true },
    errors: [400, 413, 415],
    audit: 'resource.created',
    idempotent: true,
  })
  async createResource(
    @CurrentCaller() caller: Caller,
    @Body() body: ResourceDtos.CreateResourceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlatformResourceDto | undefined> {
    return answer(caller, reply, await this.operations.createResource(caller, body));
  }

  @Get()
  @PlatformOperation({
    id: 'platform.listResources',
    access: 'redaction:read',
    success: { status: 200, type: PlatformResourceListDto },
    errors: [400],
  })
  async listResources(
    @CurrentCaller() caller: Caller,
    @Query() query: PlatformResourceQuery,
  ): Promise<PlatformResourceListDto> {
    const listing = listingOf(inCoreWords(query));
    const listed = await this.operations.listResources(caller, query, listing);
    return platformList(
      listEnvelope(listed, listing, (resource) => resource),
      query,
    );
  }

  @Get(':id')
  @ApiParam(ID)
  @ConditionalRead()
  @PlatformOperation({
    id: 'platform.getResource',
    access: 'redaction:read',
    success: { status: 200, type: PlatformResourceDto, etag: true },
    errors: [400, 404],
  })
  async getResource(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlatformResourceDto | undefined> {
    return answer(caller, reply, await this.operations.getResource(caller, id));
  }

  @Put(':id')
  @ApiParam(ID)
  @ConditionalWrite()
  @PlatformOperation({ id: 'platform.putResource', ...CHANGE })
  putResource(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: ResourceDtos.UpdateResourceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlatformResourceDto | undefined> {
    return this.updateResource(caller, id, ifMatch, body, reply);
  }

  @Patch(':id')
  @ApiParam(ID)
  @ConditionalWrite()
  @PlatformOperation({ id: 'platform.updateResource', ...CHANGE })
  async updateResource(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: ResourceDtos.UpdateResourceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlatformResourceDto | undefined> {
    return answer(caller, reply, await this.operations.updateResource(caller, id, body, ifMatch));
  }

  @Delete(':id')
  @ApiParam(ID)
  @ConditionalWrite()
  @PlatformOperation({
    id: 'platform.deleteResource',
    access: 'redaction:write',
    success: { status: 204 },
    errors: [400, 404, 412],
    audit: 'resource.deleted',
    idempotent: true,
  })
  deleteResource(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    return this.operations.deleteResource(caller, id, ifMatch);
  }
}
