import { Body, Controller, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { answerVersioned, type IfMatch, IfMatchHeader } from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { IdInPath, operationsOf } from '../../../platform/http/versioned-resource.js';
import {
  CreateToolDto,
  TestToolDto,
  ToolDto,
  ToolListDto,
  ToolQuery,
  ToolTestDto,
  UpdateToolDto,
} from './tool.dto.js';
import { ToolOperations } from './tool-operations.js';

const { Create, List, Read, Update, Remove } = operationsOf({
  ...{ module: 'chats', noun: 'Tool', plural: 'Tools', event: 'tool' },
  ...{ read: 'tools:read', write: 'tools:write', type: ToolDto, list: ToolListDto },
});

@Controller('_core/tools')
export class ToolsController {
  constructor(private readonly operations: ToolOperations) {}

  @Create({ errors: [409, 422] })
  async createTool(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateToolDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ToolDto | undefined> {
    return answerVersioned(reply, await this.operations.createTool(caller, body));
  }

  @List()
  listTools(@CurrentCaller() caller: Caller, @Query() query: ToolQuery): Promise<ToolListDto> {
    return this.operations.listTools(caller, query);
  }

  @Read()
  async getTool(
    @CurrentCaller() caller: Caller,
    @IdParam('tool') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ToolDto | undefined> {
    return answerVersioned(reply, await this.operations.getTool(caller, id));
  }

  @Update({ errors: [409, 422] })
  async updateTool(
    @CurrentCaller() caller: Caller,
    @IdParam('tool') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateToolDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ToolDto | undefined> {
    return answerVersioned(reply, await this.operations.updateTool(caller, id, body, ifMatch));
  }

  @Remove({ errors: [409] })
  async deleteTool(
    @CurrentCaller() caller: Caller,
    @IdParam('tool') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteTool(caller, id, ifMatch);
  }

  @Post(':id/test')
  @IdInPath()
  @CoreOperation({
    id: 'chats.testTool',
    access: 'tools:write',
    success: { status: 200, type: ToolTestDto },
    errors: [400, 404, 413, 415, 422],
  })
  testTool(
    @CurrentCaller() caller: Caller,
    @IdParam('tool') id: string,
    @Body() body: TestToolDto,
  ): Promise<ToolTestDto> {
    return this.operations.testTool(caller, id, body);
  }
}
