import { Body, Controller, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import {
  answerVersioned,
  ConditionalWrite,
  type IfMatch,
  IfMatchHeader,
} from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { IdInPath, operationsOf } from '../../../platform/http/versioned-resource.js';
import {
  CreateResourceDto,
  ResourceDto,
  ResourceListDto,
  ResourceQuery,
  UpdateResourceDto,
} from './resource.dto.js';
import { ResourceOperations } from './resource-operations.js';

const CHANGE = {
  access: 'redaction:write',
  success: { status: 200, type: ResourceDto, etag: true },
  errors: [400, 404, 412, 413, 415, 422],
  audit: 'resource.updated',
  idempotent: true,
} as const;

const { Create, List, Read, Update, Remove } = operationsOf({
  ...{ module: 'redaction', noun: 'Resource', plural: 'Resources', event: 'resource' },
  ...{ read: 'redaction:read', write: 'redaction:write', type: ResourceDto, list: ResourceListDto },
});

@Controller('_core/resources')
export class ResourcesController {
  constructor(private readonly operations: ResourceOperations) {}

  @Create()
  async createResource(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateResourceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResourceDto | undefined> {
    return answerVersioned(reply, await this.operations.createResource(caller, body));
  }

  @List()
  async listResources(
    @CurrentCaller() caller: Caller,
    @Query() query: ResourceQuery,
  ): Promise<ResourceListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listResources(caller, query, listing);
    return listEnvelope(listed, listing, (resource) => resource);
  }

  @Read()
  async getResource(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResourceDto | undefined> {
    return answerVersioned(reply, await this.operations.getResource(caller, id));
  }

  @Update()
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
  @IdInPath()
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

  @Remove()
  async deleteResource(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteResource(caller, id, ifMatch);
  }
}
