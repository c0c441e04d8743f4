import { Body, Controller, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { answerVersioned, type IfMatch, IfMatchHeader } from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { IdInPath, operationsOf } from '../../../platform/http/versioned-resource.js';
import {
  CreateUpstreamDto,
  UpdateUpstreamDto,
  UpstreamCheckDto,
  UpstreamDto,
  UpstreamListDto,
  UpstreamQuery,
} from './upstream.dto.js';
import { UpstreamOperations } from './upstream-operations.js';

const { Create, List, Read, Update, Remove } = operationsOf({
  ...{ module: 'completions', noun: 'Upstream', plural: 'Upstreams', event: 'upstream' },
  ...{ read: 'admin:read', write: 'admin:write', type: UpstreamDto, list: UpstreamListDto },
});

@Controller('_core/configs/upstreams')
export class UpstreamsController {
  constructor(private readonly operations: UpstreamOperations) {}

  @Create({ errors: [409] })
  async createUpstream(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateUpstreamDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UpstreamDto | undefined> {
    return answerVersioned(reply, await this.operations.createUpstream(caller, body));
  }

  @List()
  async listUpstreams(@Query() query: UpstreamQuery): Promise<UpstreamListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listUpstreams(query, listing);
    return listEnvelope(listed, listing, (upstream) => upstream);
  }

  @Read()
  async getUpstream(
    @IdParam('up') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UpstreamDto | undefined> {
    return answerVersioned(reply, await this.operations.getUpstream(id));
  }

  @Update({ errors: [409] })
  async updateUpstream(
    @CurrentCaller() caller: Caller,
    @IdParam('up') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateUpstreamDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UpstreamDto | undefined> {
    return answerVersioned(reply, await this.operations.updateUpstream(caller, id, body, ifMatch));
  }

  @Remove()
  async deleteUpstream(
    @CurrentCaller() caller: Caller,
    @IdParam('up') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteUpstream(caller, id, ifMatch);
  }

  @Post(':id/check')
  @IdInPath()
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
