import { Body, Controller, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import {
  BATCH_LIMIT,
  BatchRequestDto,
  BatchResponseDto,
  DetectRequestDto,
  DetectResponseDto,
  ProcessRequestDto,
  ProcessResponseDto,
  TEXT_LIMIT,
  TextOperations,
} from '../../redaction/index.js';
import { SafekeylabOperation } from './safekeylab-operation.decorator.js';

const ERRORS = [400, 413, 415];

@Controller('_safekeylab')
export class SafekeylabTextController {
  constructor(private readonly operations: TextOperations) {}

  @Post('process')
  @SafekeylabOperation({
    id: 'safekeylab.process',
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
  @SafekeylabOperation({
    id: 'safekeylab.detect',
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
  @SafekeylabOperation({
    id: 'safekeylab.batch',
    access: 'batch',
    success: { status: 200, type: BatchResponseDto },
    errors: ERRORS,
    audit: 'batch.processed',
    bodyLimit: BATCH_LIMIT,
  })
  batch(@CurrentCaller() caller: Caller, @Body() body: BatchRequestDto): Promise<BatchResponseDto> {
    return this.operations.batch(caller, body);
  }
}
