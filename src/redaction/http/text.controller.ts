import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { EntityTypeListDto } from './entity-type.dto.js';
import { listEntityTypes } from './entity-type.presenter.js';
import { type BatchAnswer, TEXT_OPERATIONS, TextOperations } from './text-operations.js';
import { BatchRequestDto, DetectRequestDto, ProcessRequestDto } from './text-request.dto.js';
import { DetectResponseDto, ProcessResponseDto } from './text-response.dto.js';

const ERRORS = [400, 404, 413, 415, 422];

@Controller('_core')
export class TextController {
  constructor(private readonly operations: TextOperations) {}

  @Post('process')
  @CoreOperation({ id: 'redaction.process', errors: ERRORS, ...TEXT_OPERATIONS.process })
  process(@CurrentCaller() caller: Caller, @Body() body: ProcessRequestDto): Promise<ProcessResponseDto> {
    return this.operations.process(caller, body);
  }

  @Post('detect')
  @CoreOperation({ id: 'redaction.detect', errors: ERRORS, ...TEXT_OPERATIONS.detect })
  detect(@CurrentCaller() caller: Caller, @Body() body: DetectRequestDto): Promise<DetectResponseDto> {
    return this.operations.detect(caller, body);
  }

  @Post('batch')
  @CoreOperation({ id: 'redaction.batch', errors: ERRORS, ...TEXT_OPERATIONS.batch })
  async batch(
    @CurrentCaller() caller: Caller,
    @Body() body: BatchRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchAnswer['body']> {
    const answer = await this.operations.batch(caller, body);
    reply.status(answer.status);
    return answer.body;
  }

  @Get('entities')
  @CoreOperation({
    id: 'redaction.listEntityTypes',
    access: 'detect',
    success: { status: 200, type: EntityTypeListDto },
  })
  listEntityTypes(): EntityTypeListDto {
    return listEntityTypes();
  }
}
