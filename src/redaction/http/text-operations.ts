import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/http/request-context.js';
import { BatchService } from '../batch.service.js';
import { TextService } from '../text.service.js';
import { presentBatch, presentDetection, presentProcessing } from './text.presenter.js';
import type { BatchRequestDto, DetectRequestDto, ProcessRequestDto } from './text-request.dto.js';
import { BatchResponseDto, DetectResponseDto, ProcessResponseDto } from './text-response.dto.js';

/** Largest bodies, in bytes. */
const TEXT_LIMIT = 10 * 1024 * 1024;
const BATCH_LIMIT = 100 * 1024 * 1024;

/** What the text operations have in common on every surface. */
export const TEXT_OPERATIONS = {
  process: {
    access: 'process',
    success: { status: 200, type: ProcessResponseDto },
    audit: 'text.processed',
    bodyLimit: TEXT_LIMIT,
  },
  detect: {
    access: 'detect',
    success: { status: 200, type: DetectResponseDto },
    audit: 'text.detected',
    bodyLimit: TEXT_LIMIT,
  },
  batch: {
    access: 'batch',
    success: { status: 200, type: BatchResponseDto },
    audit: 'batch.processed',
    bodyLimit: BATCH_LIMIT,
  },
} as const;

/** The text operations as every surface answers them; surfaces differ in paths and errors alone. */
@Injectable()
export class TextOperations {
  constructor(
    private readonly text: TextService,
    private readonly batches: BatchService,
  ) {}

  async process(caller: Caller, body: ProcessRequestDto): Promise<ProcessResponseDto> {
    const started = performance.now();
    const result = await this.text.process(caller, body);
    return presentProcessing(caller.requestId, result, { ...body, elapsedMs: performance.now() - started });
  }

  async detect(caller: Caller, body: DetectRequestDto): Promise<DetectResponseDto> {
    return presentDetection(caller.requestId, await this.text.detect(caller, body), body);
  }

  async batch(caller: Caller, body: BatchRequestDto): Promise<BatchResponseDto> {
    const started = performance.now();
    const outcome = await this.batches.process(caller, body);
    return presentBatch(caller.requestId, outcome, performance.now() - started);
  }
}
