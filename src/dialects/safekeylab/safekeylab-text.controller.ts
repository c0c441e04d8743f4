import { Body, Controller, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import {
  type BatchAnswer,
  BatchRequestDto,
  DetectRequestDto,
  DetectResponseDto,
  ProcessRequestDto,
  ProcessResponseDto,
  TEXT_OPERATIONS,
  TextOperations,
} from '../../redaction/index.js';
import { SafekeylabOperation } from './safekeylab-operation.decorator.js';

const ERRORS = [400, 404, 413, 415];

@Controller('_safekeylab')
export class SafekeylabTextController {
  constructor(private readonly operations: TextOperations) {}

  @Post('process')
  @SafekeylabOperation({ id: 'safekeylab.process', errors: ERRORS, ...TEXT_OPERATIONS.process })
  process(@CurrentCaller() caller: Caller, @Body() body: ProcessRequestDto): Promise<ProcessResponseDto> {
    return this.operations.process(caller, body);
  }

  @Post('detect')
  @SafekeylabOperation({ id: 'safekeylab.detect', errors: ERRORS, ...TEXT_OPERATIONS.detect })
  detect(@CurrentCaller() caller: Caller, @Body() body: DetectRequestDto): Promise<DetectResponseDto> {
    return this.operations.detect(caller, body);
  }

  @Post('batch')
  @SafekeylabOperation({ id: 'safekeylab.batch', errors: ERRORS, ...TEXT_OPERATIONS.batch })
  async batch(
    @CurrentCaller() caller: Caller,
    @Body() body: BatchRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchAnswer['body']> {
    const answer = await this.operations.batch(caller, body);
    reply.status(answer.status);
    return answer.body;
  }
}
