import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import {
  CreateErasureDto,
  ErasureDto,
  ErasureListDto,
  ErasureQuery,
  ErasureRehearsalDto,
} from './erasure.dto.js';
import { presentErasure } from './erasure.presenter.js';
import { ErasureOperations } from './erasure-operations.js';

@Controller('_core/erasures')
export class ErasuresController {
  constructor(private readonly operations: ErasureOperations) {}

  @Post()
  @CoreOperation({
    id: 'audit.createErasure',
    access: 'erasures:write',
    success: { status: 200, type: ErasureRehearsalDto },
    accepted: ErasureDto,
    errors: [400, 404, 409, 413, 415, 422],
    audit: 'erasure.created',
    idempotent: true,
  })
  async createErasure(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateErasureDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ErasureDto | ErasureRehearsalDto> {
    if (body.dry_run) return this.operations.rehearse(caller, body);
    reply.status(202);
    return this.operations.create(caller, body);
  }

  @Get()
  @CoreOperation({
    id: 'audit.listErasures',
    access: 'erasures:read',
    success: { status: 200, type: ErasureListDto },
    errors: [400],
  })
  async listErasures(@CurrentCaller() caller: Caller, @Query() query: ErasureQuery): Promise<ErasureListDto> {
    const listing = listingOf(query);
    return listEnvelope(await this.operations.list(caller, query, listing), listing, presentErasure);
  }

  @Get(':id')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'audit.getErasure',
    access: 'erasures:read',
    success: { status: 200, type: ErasureDto },
    errors: [404],
  })
  getErasure(@CurrentCaller() caller: Caller, @IdParam('erasure') id: string): Promise<ErasureDto> {
    return this.operations.get(caller, id);
  }
}
