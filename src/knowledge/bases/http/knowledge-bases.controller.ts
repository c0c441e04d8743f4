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
  CreateKnowledgeBaseDto,
  KnowledgeBaseDto,
  KnowledgeBaseListDto,
  KnowledgeBaseQuery,
  UpdateKnowledgeBaseDto,
} from './knowledge-base.dto.js';
import { KnowledgeBaseOperations } from './knowledge-base-operations.js';

const KnowledgeBaseId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

const WRITE = { access: 'knowledge:write', idempotent: true } as const;

@Controller('_core/knowledge')
export class KnowledgeBasesController {
  constructor(private readonly operations: KnowledgeBaseOperations) {}

  @Post()
  @CoreOperation({
    id: 'knowledge.createKnowledgeBase',
    ...WRITE,
    success: { status: 201, type: KnowledgeBaseDto, etag: true },
    errors: [400, 404, 409, 413, 415, 422],
    audit: 'knowledge_base.created',
  })
  async createKnowledgeBase(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateKnowledgeBaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KnowledgeBaseDto | undefined> {
    return answerVersioned(reply, await this.operations.createKnowledgeBase(caller, body));
  }

  @Get()
  @CoreOperation({
    id: 'knowledge.listKnowledgeBases',
    access: 'knowledge:read',
    success: { status: 200, type: KnowledgeBaseListDto },
    errors: [400],
  })
  async listKnowledgeBases(
    @CurrentCaller() caller: Caller,
    @Query() query: KnowledgeBaseQuery,
  ): Promise<KnowledgeBaseListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listKnowledgeBases(caller, query, listing);
    return listEnvelope(listed, listing, (base) => base);
  }

  @Get(':id')
  @KnowledgeBaseId()
  @ConditionalRead()
  @CoreOperation({
    id: 'knowledge.getKnowledgeBase',
    access: 'knowledge:read',
    success: { status: 200, type: KnowledgeBaseDto, etag: true },
    errors: [400, 404],
  })
  async getKnowledgeBase(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KnowledgeBaseDto | undefined> {
    return answerVersioned(reply, await this.operations.getKnowledgeBase(caller, id));
  }

  @Patch(':id')
  @KnowledgeBaseId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'knowledge.updateKnowledgeBase',
    ...WRITE,
    success: { status: 200, type: KnowledgeBaseDto, etag: true },
    errors: [400, 404, 409, 412, 413, 415, 422],
    audit: 'knowledge_base.updated',
  })
  async updateKnowledgeBase(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateKnowledgeBaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KnowledgeBaseDto | undefined> {
    return answerVersioned(reply, await this.operations.updateKnowledgeBase(caller, id, body, ifMatch));
  }

  @Delete(':id')
  @KnowledgeBaseId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'knowledge.deleteKnowledgeBase',
    ...WRITE,
    success: { status: 204 },
    errors: [400, 404, 409, 412],
    audit: 'knowledge_base.deleted',
  })
  async deleteKnowledgeBase(
    @CurrentCaller() caller: Caller,
    @IdParam('kb') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteKnowledgeBase(caller, id, ifMatch);
  }
}
