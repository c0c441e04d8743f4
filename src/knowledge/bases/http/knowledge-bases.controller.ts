import { Body, Controller, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { answerVersioned, type IfMatch, IfMatchHeader } from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { operationsOf } from '../../../platform/http/versioned-resource.js';
import {
  CreateKnowledgeBaseDto,
  KnowledgeBaseDto,
  KnowledgeBaseListDto,
  KnowledgeBaseQuery,
  UpdateKnowledgeBaseDto,
} from './knowledge-base.dto.js';
import { KnowledgeBaseOperations } from './knowledge-base-operations.js';

const { Create, List, Read, Update, Remove } = operationsOf({
  ...{ module: 'knowledge', noun: 'KnowledgeBase', plural: 'KnowledgeBases', event: 'knowledge_base' },
  ...{ read: 'knowledge:read', write: 'knowledge:write' },
  ...{ type: KnowledgeBaseDto, list: KnowledgeBaseListDto },
});

@Controller('_core/knowledge')
export class KnowledgeBasesController {
  constructor(private readonly operations: KnowledgeBaseOperations) {}

  @Create({ errors: [404] })
  async createKnowledgeBase(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateKnowledgeBaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KnowledgeBaseDto | undefined> {
    return answerVersioned(reply, await this.operations.createKnowledgeBase(caller, body));
  }

  @List()
  async listKnowledgeBases(
    @CurrentCaller() caller: Caller,
    @Query() query: KnowledgeBaseQuery,
  ): Promise<KnowledgeBaseListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listKnowledgeBases(caller, query, listing);
    return listEnvelope(listed, listing, (base) => base);
  }

  @Read()
  async getKnowledgeBase(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KnowledgeBaseDto | undefined> {
    return answerVersioned(reply, await this.operations.getKnowledgeBase(caller, id));
  }

  @Update()
  async updateKnowledgeBase(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateKnowledgeBaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KnowledgeBaseDto | undefined> {
    return answerVersioned(reply, await this.operations.updateKnowledgeBase(caller, id, body, ifMatch));
  }

  @Remove()
  async deleteKnowledgeBase(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteKnowledgeBase(caller, id, ifMatch);
  }
}
