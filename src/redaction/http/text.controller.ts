import { Body, Controller, Get, Post } from '@nestjs/common';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { EntityTypeListDto } from './entity-type.dto.js';
import { listEntityTypes } from './entity-type.presenter.js';
import { BATCH_LIMIT, TEXT_LIMIT, TextOperations } from './text-operations.js';
import { BatchRequestDto, DetectRequestDto, ProcessRequestDto } from './text-request.dto.js';
import { BatchResponseDto, DetectResponseDto, ProcessResponseDto } from './text-response.dto.js';

const ERRORS = [400, 413, 415, 422];

@Controller('_core')
export class TextController {
  constructor(private readonly operations: TextOperations) {}

  @Post('process')
  @CoreOperation({
    id: 'redaction.process',
    access: 'process',
    success: { status: 200, type: ProcessResponseDto },
    errors: ERRORS,
    audit: 'text.processed',
    bodyLimit: TEXT_LIMIT,
  })
  process(@CurrentCaller() caller: Caller, @Body() body: ProcessRequestDto): Promise<ProcessResponseDto> {
    return this.operations.process(caller, body);
  }

  @Post('detect')
  @CoreOperation({
    id: 'redaction.detect',
    access: 'detect',
    success: { status: 200, type: DetectResponseDto },
    errors: ERRORS,
    audit: 'text.detected',
    bodyLimit: TEXT_LIMIT,
  })
  detect(@CurrentCaller() caller: Caller, @Body() body: DetectRequestDto): Promise<DetectResponseDto> {
    return this.operations.detect(caller, body);
  }

  @Post('batch')
  @CoreOperation({
    id: 'redaction.batch',
    access: 'batch',
    success: { status: 200, type: BatchResponseDto },
    errors: ERRORS,
    audit: 'batch.processed',
    bodyLimit: BATCH_LIMIT,
  })
  batch(@CurrentCaller() caller: Caller, @Body() body: BatchRequestDto): Promise<BatchResponseDto> {
    return this.operations.batch(caller, body);
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
