import { Body, Controller, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { answerVersioned, type IfMatch, IfMatchHeader } from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { IdInPath, operationsOf } from '../../../platform/http/versioned-resource.js';
import {
  CreatePromptDto,
  PromptDto,
  PromptListDto,
  PromptQuery,
  RenderedPromptDto,
  RenderPromptDto,
  UpdatePromptDto,
} from './prompt.dto.js';
import { PromptOperations } from './prompt-operations.js';

const { Create, List, Read, Update, Remove } = operationsOf({
  ...{ module: 'prompts', noun: 'Prompt', plural: 'Prompts', event: 'prompt' },
  ...{ read: 'chat:read', write: 'chat:write', type: PromptDto, list: PromptListDto },
});

@Controller('_core/prompts')
export class PromptsController {
  constructor(private readonly operations: PromptOperations) {}

  @Create()
  async createPrompt(
    @CurrentCaller() caller: Caller,
    @Body() body: CreatePromptDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PromptDto | undefined> {
    return answerVersioned(reply, await this.operations.createPrompt(caller, body));
  }

  @List()
  listPrompts(@CurrentCaller() caller: Caller, @Query() query: PromptQuery): Promise<PromptListDto> {
    return this.operations.listPrompts(caller, query);
  }

  @Read()
  async getPrompt(
    @CurrentCaller() caller: Caller,
    @IdParam('prompt') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PromptDto | undefined> {
    return answerVersioned(reply, await this.operations.getPrompt(caller, id));
  }

  @Update()
  async updatePrompt(
    @CurrentCaller() caller: Caller,
    @IdParam('prompt') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdatePromptDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PromptDto | undefined> {
    return answerVersioned(reply, await this.operations.updatePrompt(caller, id, body, ifMatch));
  }

  @Remove()
  async deletePrompt(
    @CurrentCaller() caller: Caller,
    @IdParam('prompt') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deletePrompt(caller, id, ifMatch);
  }

  @Post(':id/render')
  @IdInPath()
  @CoreOperation({
    id: 'prompts.renderPrompt',
    access: 'chat:read',
    success: { status: 200, type: RenderedPromptDto },
    errors: [400, 404, 413, 415],
  })
  renderPrompt(
    @CurrentCaller() caller: Caller,
    @IdParam('prompt') id: string,
    @Body() body: RenderPromptDto,
  ): Promise<RenderedPromptDto> {
    return this.operations.renderPrompt(caller, id, body);
  }
}
