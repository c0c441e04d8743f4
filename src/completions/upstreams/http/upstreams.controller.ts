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
  CreateUpstreamDto,
  UpdateUpstreamDto,
  UpstreamCheckDto,
  UpstreamDto,
  UpstreamListDto,
  UpstreamQuery,
} from './upstream.dto.js';
import { UpstreamOperations } from './upstream-operations.js';

const UpstreamId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

@Controller('_core/configs/upstreams')
export class UpstreamsController {
  constructor(private readonly operations: UpstreamOperations) {}

  @Post()
  @CoreOperation({
    id: 'completions.createUpstream',
    access: 'admin:write',
    success: { status: 201, type: UpstreamDto, etag: true },
    errors: [400, 409, 413, 415],
    audit: 'upstream.created',
    idempotent: true,
  })
  async createUpstream(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateUpstreamDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UpstreamDto | undefined> {
    return answerVersioned(reply, await this.operations.createUpstream(caller, body));
  }

  @Get()
  @CoreOperation({
    id: 'completions.listUpstreams',
    access: 'admin:read',
    success: { status: 200, type: UpstreamListDto },
    errors: [400],
  })
  async listUpstreams(@Query() query: UpstreamQuery): Promise<UpstreamListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listUpstreams(query, listing);
    return listEnvelope(listed, listing, (upstream) => upstream);
  }

  @Get(':id')
  @UpstreamId()
  @ConditionalRead()
  @CoreOperation({
    id: 'completions.getUpstream',
    access: 'admin:read',
    success: { status: 200, type: UpstreamDto, etag: true },
    errors: [400, 404],
  })
  async getUpstream(
    @IdParam('up') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UpstreamDto | undefined> {
    return answerVersioned(reply, await this.operations.getUpstream(id));
  }

  @Patch(':id')
  @UpstreamId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'completions.updateUpstream',
    access: 'admin:write',
    success: { status: 200, type: UpstreamDto, etag: true },
    errors: [400, 404, 409, 412, 413, 415],
    audit: 'upstream.updated',
    idempotent: true,
  })
  async updateUpstream(
    @CurrentCaller() caller: Caller,
    @IdParam('up') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateUpstreamDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UpstreamDto | undefined> {
    return answerVersioned(reply, await this.operations.updateUpstream(caller, id, body, ifMatch));
  }

  @Delete(':id')
  @UpstreamId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'completions.deleteUpstream',
    access: 'admin:write',
    success: { status: 204 },
    errors: [400, 404, 412],
    audit: 'upstream.deleted',
    idempotent: true,
  })
  async deleteUpstream(
    @CurrentCaller() caller: Caller,
    @IdParam('up') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteUpstream(caller, id, ifMatch);
  }

  @Post(':id/check')
  @UpstreamId()
  @CoreOperation({
    id: 'completions.checkUpstream',
    access: 'admin:write',
    success: { status: 200, type: UpstreamCheckDto },
    errors: [404],
  })
  checkUpstream(@CurrentCaller() caller: Caller, @IdParam('up') id: string): Promise<UpstreamCheckDto> {
    return this.operations.checkUpstream(caller, id);
  }
}
