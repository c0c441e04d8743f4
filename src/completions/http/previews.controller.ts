import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { PROJECT_HEADER } from '../gateway/project-header.js';
import { ChatCompletionRequestDto } from './chat-completion.dto.js';
import { CHAT_BODY_LIMIT, ChatOperations } from './chat-operations.js';
import { CompletionPreviewDto } from './completion-preview.dto.js';

@Controller('_core/chat/completions/dry-run')
export class PreviewsController {
  constructor(private readonly operations: ChatOperations) {}

  @Post()
  @ApiHeader(PROJECT_HEADER)
  @ApiBody({ type: ChatCompletionRequestDto })
  @CoreOperation({
    id: 'completions.previewCompletion',
    access: 'chat:write',
    success: { status: 200, type: CompletionPreviewDto },
    errors: [400, 404, 413, 415, 422],
    audit: 'completion.previewed',
    counts: 'completions',
    bodyLimit: CHAT_BODY_LIMIT,
  })
  previewCompletion(
    @CurrentCaller() caller: Caller,
    @Body() body: object,
    @Req() request: FastifyRequest,
  ): Promise<CompletionPreviewDto> {
    return this.operations.preview(caller, body, request);
  }
}
