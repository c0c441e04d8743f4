import { Body, Controller, Delete, Get, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import {
  answerVersioned,
  ConditionalRead,
  ConditionalWrite,
  type IfMatch,
  IfMatchHeader,
} from '../../../platform/http/etag.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
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

const ToolId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

const WRITE = { access: 'tools:write', idempotent: true } as const;

@Controller('_core/tools')
export class ToolsController {
  constructor(private readonly operations: ToolOperations) {}

  @Post()
  @CoreOperation({
    id: 'chats.createTool',
    ...WRITE,
    success: { status: 201, type: ToolDto, etag: true },
    errors: [400, 409, 413, 415, 422],
    audit: 'tool.created',
  })
  async createTool(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateToolDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ToolDto | undefined> {
    return answerVersioned(reply, await this.operations.createTool(caller, body));
  }

  @Get()
  @CoreOperation({
    id: 'chats.listTools',
    access: 'tools:read',
    success: { status: 200, type: ToolListDto },
    errors: [400],
  })
  listTools(@CurrentCaller() caller: Caller, @Query() query: ToolQuery): Promise<ToolListDto> {
    return this.operations.listTools(caller, query);
  }

  @Get(':id')
  @ToolId()
  @ConditionalRead()
  @CoreOperation({
    id: 'chats.getTool',
    access: 'tools:read',
    success: { status: 200, type: ToolDto, etag: true },
    errors: [400, 404],
  })
  async getTool(
    @CurrentCaller() caller: Caller,
    @IdParam('tool') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ToolDto | undefined> {
    return answerVersioned(reply, await this.operations.getTool(caller, id));
  }

  @Patch(':id')
  @ToolId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'chats.updateTool',
    ...WRITE,
    success: { status: 200, type: ToolDto, etag: true },
    errors: [400, 404, 409, 412, 413, 415, 422],
    audit: 'tool.updated',
  })
  async updateTool(
    @CurrentCaller() caller: Caller,
    @IdParam('tool') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateToolDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ToolDto | undefined> {
    return answerVersioned(reply, await this.operations.updateTool(caller, id, body, ifMatch));
  }

  @Delete(':id')
  @ToolId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'chats.deleteTool',
    ...WRITE,
    success: { status: 204 },
    errors: [400, 404, 409, 412],
    audit: 'tool.deleted',
  })
  async deleteTool(
    @CurrentCaller() caller: Caller,
    @IdParam('tool') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteTool(caller, id, ifMatch);
  }

  @Post(':id/test')
  @ToolId()
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
