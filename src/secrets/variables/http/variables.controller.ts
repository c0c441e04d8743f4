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
import { CreateVariableDto, UpdateVariableDto, VariableDto, VariableSummaryListDto } from './variable.dto.js';
import { ResolveQuery, VariableQuery } from './variable.query.js';
import { VariableOperations } from './variable-operations.js';
import { VariableReading } from './variable-reading.js';

const VariableId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

const WRITE = { access: 'secrets:write', idempotent: true } as const;

@Controller('_core/variables')
export class VariablesController {
  constructor(
    private readonly operations: VariableOperations,
    private readonly reading: VariableReading,
  ) {}

  @Post()
  @CoreOperation({
    id: 'secrets.createVariable',
    ...WRITE,
    success: { status: 201, type: VariableDto, etag: true },
    errors: [400, 404, 413, 415],
    audit: 'variable.created',
  })
  async createVariable(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateVariableDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VariableDto | undefined> {
    return answerVersioned(reply, await this.operations.createVariable(caller, body));
  }

  @Get()
  @CoreOperation({
    id: 'secrets.listVariables',
    access: 'secrets:read',
    success: { status: 200, type: VariableSummaryListDto },
    errors: [400],
  })
  async listVariables(
    @CurrentCaller() caller: Caller,
    @Query() query: VariableQuery,
  ): Promise<VariableSummaryListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listVariables(caller, query, listing);
    return listEnvelope(listed, listing, (variable) => variable);
  }

  @Get(':id')
  @VariableId()
  @ConditionalRead()
  @CoreOperation({
    id: 'secrets.getVariable',
    access: 'secrets:read',
    success: { status: 200, type: VariableDto, etag: true },
    errors: [400, 404],
    audit: 'variable.read',
  })
  async getVariable(
    @CurrentCaller() caller: Caller,
    @IdParam('var') id: string,
    @Query() query: ResolveQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VariableDto | undefined> {
    return answerVersioned(reply, await this.reading.getVariable(caller, id, query));
  }

  @Patch(':id')
  @VariableId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'secrets.updateVariable',
    ...WRITE,
    success: { status: 200, type: VariableDto, etag: true },
    errors: [400, 404, 412, 413, 415],
    audit: 'variable.updated',
  })
  async updateVariable(
    @CurrentCaller() caller: Caller,
    @IdParam('var') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateVariableDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VariableDto | undefined> {
    return answerVersioned(reply, await this.operations.updateVariable(caller, id, body, ifMatch));
  }

  @Delete(':id')
  @VariableId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'secrets.deleteVariable',
    ...WRITE,
    success: { status: 204 },
    errors: [400, 404, 412],
    audit: 'variable.deleted',
  })
  async deleteVariable(
    @CurrentCaller() caller: Caller,
    @IdParam('var') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteVariable(caller, id, ifMatch);
  }
}
