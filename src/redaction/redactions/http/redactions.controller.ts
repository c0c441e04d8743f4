import { Body, Controller, Get, Header, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { goneSignal } from '../../../platform/http/server-sent-events.js';
import { JobDto } from '../../../platform/queue/http/job.dto.js';
import { RedactionEventsService } from '../redaction-events.service.js';
import { RedactionsService } from '../redactions.service.js';
import {
  CreateRedactionDto,
  RedactionDocumentListDto,
  RedactionDocumentQuery,
  RedactionDto,
  RedactionListDto,
  RedactionQuery,
} from './redaction.dto.js';
import { presentRedaction, presentRedactionDocument } from './redaction.presenter.js';
import { RedactionOperations } from './redaction-operations.js';
import { redactionStream } from './redaction-stream.js';

/** In bytes: room for 10,000 ids and the largest policy. */
const BODY_LIMIT = 5 * 1024 * 1024;

const RedactionId = (): MethodDecorator => ApiParam({ name: 'redaction_id', schema: { type: 'string' } });

@Controller('_core/projects/:id/redactions')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class RedactionsController {
  constructor(
    private readonly operations: RedactionOperations,
    private readonly redactions: RedactionsService,
    private readonly events: RedactionEventsService,
  ) {}

  @Post()
  @ApiBody({ type: CreateRedactionDto, required: false })
  @CoreOperation({
    id: 'redaction.createRedaction',
    access: 'redaction:write',
    success: { status: 202, type: JobDto },
    errors: [400, 404, 409, 413, 415, 422],
    audit: 'redaction.created',
    idempotent: true,
    bodyLimit: BODY_LIMIT,
  })
  createRedaction(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @Body() body: CreateRedactionDto,
  ): Promise<JobDto> {
    return this.operations.create(caller, id, body);
  }

  @Get()
  @CoreOperation({
    id: 'redaction.listRedactions',
    access: 'redaction:read',
    success: { status: 200, type: RedactionListDto },
    errors: [400, 404],
  })
  async listRedactions(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @Query() query: RedactionQuery,
  ): Promise<RedactionListDto> {
    const listing = listingOf(query);
    const listed = await this.redactions.listRedactions(caller, id, listing);
    return listEnvelope(listed, listing, presentRedaction);
  }

  @Get(':redaction_id')
  @RedactionId()
  @CoreOperation({
    id: 'redaction.getRedaction',
    access: 'redaction:read',
    success: { status: 200, type: RedactionDto },
    errors: [404],
  })
  async getRedaction(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IdParam('red', 'redaction_id') redactionId: string,
  ): Promise<RedactionDto> {
    return presentRedaction(await this.redactions.getRedaction(caller, id, redactionId));
  }

  @Get(':redaction_id/documents')
  @RedactionId()
  @CoreOperation({
    id: 'redaction.listRedactionDocuments',
    access: 'redaction:read',
    success: { status: 200, type: RedactionDocumentListDto },
    errors: [400, 404],
  })
  async listRedactionDocuments(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IdParam('red', 'redaction_id') redactionId: string,
    @Query() query: RedactionDocumentQuery,
  ): Promise<RedactionDocumentListDto> {
    const { status, ...page } = query;
    const listing = listingOf({ ...page, sort: 'position', order: 'asc' });
    const listed = await this.redactions.listDocuments(caller, id, redactionId, status, listing);
    return listEnvelope(listed, listing, presentRedactionDocument);
  }

  @Get(':redaction_id/events')
  @RedactionId()
  @Header('content-type', 'text/event-stream; charset=utf-8')
  @Header('cache-control', 'no-cache, no-transform')
  @Header('x-accel-buffering', 'no')
  @CoreOperation({
    id: 'redaction.followRedaction',
    access: 'redaction:read',
    success: { status: 200, contentType: 'text/event-stream' },
    errors: [404],
  })
  async followRedaction(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IdParam('red', 'redaction_id') redactionId: string,
    @Req() request: FastifyRequest,
  ): Promise<AsyncGenerator<string>> {
    const news = await this.events.follow(caller, id, redactionId, goneSignal(request));
    return redactionStream(news);
  }
}
