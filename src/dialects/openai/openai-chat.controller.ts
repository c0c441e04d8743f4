import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CHAT_BODY_LIMIT, ChatDtos, ChatOperations, PROJECT_HEADER } from '../../completions/index.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { OpenaiOperation } from './openai-operation.decorator.js';

@Controller('_openai/chat/completions')
export class OpenaiChatController {
  constructor(private readonly operations: ChatOperations) {}

  /** The body is taken as it is: fields that nobody here knows go on to the model server. */
  @Post()
  @ApiHeader(PROJECT_HEADER)
  @ApiBody({ type: ChatDtos.ChatCompletionRequestDto })
  @OpenaiOperation({
    id: 'openai.createChatCompletion',
    access: 'chat:write',
    success: { status: 200, type: ChatDtos.ChatCompletionDto, streamed: true },
    errors: [400, 404, 413, 415, 422],
    audit: 'completion.created',
    counts: 'completions',
    bodyLimit: CHAT_BODY_LIMIT,
  })
  createChatCompletion(
    @CurrentCaller() caller: Caller,
    @Body() body: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.operations.complete(caller, body, request, reply);
  }
}
