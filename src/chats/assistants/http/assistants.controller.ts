import { Body, Controller, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { answerVersioned, type IfMatch, IfMatchHeader } from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { operationsOf } from '../../../platform/http/versioned-resource.js';
import { tagOf } from '../assistant.js';
import {
  AssistantDto,
  AssistantListDto,
  AssistantQuery,
  CreateAssistantDto,
  UpdateAssistantDto,
} from './assistant.dto.js';
import { AssistantOperations } from './assistant-operations.js';

const { Create, List, Read, Update, Remove } = operationsOf({
  ...{ module: 'assistants', noun: 'Assistant', plural: 'Assistants', event: 'assistant' },
  ...{ read: 'chat:read', write: 'chat:write', type: AssistantDto, list: AssistantListDto },
});

const answer = (reply: FastifyReply, body: AssistantDto): AssistantDto | undefined =>
  answerVersioned(reply, body, tagOf({ ...body, knowledgeIds: body.knowledge_ids, toolIds: body.tool_ids }));

@Controller('_core/assistants')
export class AssistantsController {
  constructor(private readonly operations: AssistantOperations) {}

  @Create({ errors: [404] })
  async createAssistant(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateAssistantDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssistantDto | undefined> {
    return answer(reply, await this.operations.createAssistant(caller, body));
  }

  @List()
  listAssistants(@CurrentCaller() caller: Caller, @Query() query: AssistantQuery): Promise<AssistantListDto> {
    return this.operations.listAssistants(caller, query);
  }

  @Read()
  async getAssistant(
    @CurrentCaller() caller: Caller,
    @IdParam('asst') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssistantDto | undefined> {
    return answer(reply, await this.operations.getAssistant(caller, id));
  }

  @Update()
  async updateAssistant(
    @CurrentCaller() caller: Caller,
    @IdParam('asst') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateAssistantDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssistantDto | undefined> {
    return answer(reply, await this.operations.updateAssistant(caller, id, body, ifMatch));
  }

  @Remove()
  async deleteAssistant(
    @CurrentCaller() caller: Caller,
    @IdParam('asst') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteAssistant(caller, id, ifMatch);
  }
}
