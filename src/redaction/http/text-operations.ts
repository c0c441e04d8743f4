import { Injectable } from '@nestjs/common';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { keyUnsupported } from '../../platform/idempotency/idempotency.guard.js';
import { BatchService } from '../batch.service.js';
import { AcceptedBatchDto } from '../batches/http/accepted-batch.dto.js';
import { BackgroundBatches } from '../batches/http/background-batches.js';
import { TextService } from '../text.service.js';
import { TextSettings } from '../text-settings.service.js';
import { presentBatch, presentDetection, presentProcessing } from './text.presenter.js';
import {
  type BatchRequestDto,
  type DetectRequestDto,
  MAX_INLINE_DOCUMENTS,
  type ProcessRequestDto,
} from './text-request.dto.js';
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
    accepted: AcceptedBatchDto,
    audit: 'batch.processed',
    idempotent: true,
    bodyLimit: BATCH_LIMIT,
  },
} as const;

/** A batch's answer: its results, or, left to the background, its job. */
export type BatchAnswer =
  | { readonly status: 200; readonly body: BatchResponseDto }
  | { readonly status: 202; readonly body: AcceptedBatchDto };

/** The text operations as every surface answers them; surfaces differ in paths and errors alone. */
@Injectable()
export class TextOperations {
  constructor(
    private readonly text: TextService,
    private readonly batches: BatchService,
    private readonly settings: TextSettings,
    private readonly background: BackgroundBatches,
  ) {}

  async process(caller: Caller, body: ProcessRequestDto): Promise<ProcessResponseDto> {
    const started = performance.now();
    const options = await this.settings.forProtection(caller, body);
    const { data, format, explain } = body;
    const result = await this.text.process(caller, { data, format, explain, ...options });
    const { policy } = options;
    return presentProcessing(caller.requestId, result, {
      ...body,
      policy,
      elapsedMs: performance.now() - started,
    });
  }

  async detect(caller: Caller, body: DetectRequestDto): Promise<DetectResponseDto> {
    const options = await this.settings.forDetection(caller, body);
    const { data, format, explain } = body;
    const analysis = await this.text.detect(caller, { data, format, explain, ...options });
    return presentDetection(caller.requestId, analysis, { ...body, policy: options.policy });
  }

  async batch(caller: Caller, body: BatchRequestDto): Promise<BatchAnswer> {
    return body.async
      ? { status: 202, body: await this.background.accept(caller, body) }
      : { status: 200, body: await this.batchInline(caller, body) };
  }

  private async batchInline(caller: Caller, body: BatchRequestDto): Promise<BatchResponseDto> {
    if (caller.idempotencyKey !== undefined) throw keyUnsupported();
    refuseMany(body.documents);
    const started = performance.now();
    const options = await this.settings.forProtection(caller, body);
    const { documents, parallel } = body;
    const outcome = await this.batches.process(caller, { documents, parallel, ...options });
    return presentBatch(caller.requestId, outcome, {
      policy: options.policy,
      elapsedMs: performance.now() - started,
    });
  }
}

function refuseMany({ length }: readonly unknown[]): void {
  if (length <= MAX_INLINE_DOCUMENTS) return;
  throw invalidField(
    'documents',
    'maxItems',
    `'documents' has ${length} items; at most ${MAX_INLINE_DOCUMENTS} are answered at once. Set 'async' to true for more.`,
  );
}
