import { Body, Controller, Get, Post, Put, Query, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import {
  answerVersioned,
  ConditionalWrite,
  type IfMatch,
  IfMatchHeader,
} from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import {
  CompareQuery,
  ComparisonDto,
  CopyVariablesDto,
  ExportQuery,
  ImportVariablesDto,
  MAX_IMPORT,
  SetVariablesDto,
  TransferResultDto,
} from './transfer.dto.js';
import { TransferOperations } from './transfer-operations.js';
import { TransferReading } from './transfer-reading.js';

const EnvironmentId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

/** Line breaks and quotation marks take two bytes each in JSON. */
const BODY_LIMIT = 2 * MAX_IMPORT;

const WRITE = {
  success: { status: 200, type: TransferResultDto, etag: true },
  errors: [400, 404, 412, 413, 415],
  idempotent: true,
  bodyLimit: BODY_LIMIT,
} as const;

@Controller('_core/environments/:id')
export class TransferController {
  constructor(
    private readonly operations: TransferOperations,
    private readonly reading: TransferReading,
  ) {}

  @Put('variables')
  @EnvironmentId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'secrets.setVariables',
    access: 'secrets:write',
    ...WRITE,
    audit: 'environment.changed',
  })
  async setVariables(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: SetVariablesDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferResultDto | undefined> {
    return answerVersioned(reply, await this.operations.setVariables(caller, id, body, ifMatch));
  }

  @Post('import')
  @EnvironmentId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'secrets.importVariables',
    access: 'secrets:write',
    ...WRITE,
    audit: 'environment.imported',
  })
  async importVariables(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: ImportVariablesDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferResultDto | undefined> {
    return answerVersioned(reply, await this.operations.importVariables(caller, id, body, ifMatch));
  }

  @Get('export')
  @EnvironmentId()
  @CoreOperation({
    id: 'secrets.exportVariables',
    access: 'secrets:read',
    success: { status: 200, binary: true },
    errors: [400, 404, 422],
    audit: 'environment.exported',
  })
  exportVariables(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @Query() query: ExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return this.reading.exportVariables(caller, id, query, reply);
  }

  @Post('copy')
  @EnvironmentId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'secrets.copyVariables',
    access: 'secrets:reveal',
    ...WRITE,
    audit: 'environment.copied',
  })
  async copyVariables(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: CopyVariablesDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferResultDto | undefined> {
    return answerVersioned(reply, await this.operations.copyVariables(caller, id, body, ifMatch));
  }

  @Get('compare')
  @EnvironmentId()
  @CoreOperation({
    id: 'secrets.compareEnvironments',
    access: 'secrets:reveal',
    success: { status: 200, type: ComparisonDto },
    errors: [400, 404],
  })
  compareEnvironments(
    @CurrentCaller() caller: Caller,
    @IdParam('env') id: string,
    @Query() query: CompareQuery,
  ): Promise<ComparisonDto> {
    return this.reading.compare(caller, id, query);
  }
}
