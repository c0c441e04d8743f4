import { Body, Controller, Delete, Get, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CHAT_BODY_LIMIT } from '../../completions/index.js';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import {
  answerVersioned,
  ConditionalRead,
  ConditionalWrite,
  type IfMatch,
  IfMatchHeader,
} from '../../platform/http/etag.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { ChatDto, ChatListDto, ChatQuery, CreateChatDto, CreatedChatDto, UpdateChatDto } from './chat.dto.js';
import { ChatDesk } from './chat-operations.js';
import { TurnDesk } from './turn-operations.js';

const ChatId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

const CHANGE = { access: 'chat:write', idempotent: true } as const;
const CHANGED = { status: 200, type: ChatDto, etag: true } as const;

@Controller('_core/chats')
export class ChatsController {
  constructor(
    private readonly desk: ChatDesk,
    private readonly turns: TurnDesk,
  ) {}

  @Post()
  @CoreOperation({
    id: 'chats.createChat',
    ...CHANGE,
    success: { status: 201, type: CreatedChatDto, streamed: true },
    errors: [400, 404, 413, 415, 422],
    audit: 'chat.created',
    counts: 'completions',
    bodyLimit: CHAT_BODY_LIMIT,
  })
  createChat(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateChatDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.turns.createChat(caller, body, request, reply);
  }

  @Get()
  @CoreOperation({
    id: 'chats.listChats',
    access: 'chat:read',
    success: { status: 200, type: ChatListDto },
    errors: [400],
    audit: 'chat.read',
  })
  listChats(@CurrentCaller() caller: Caller, @Query() query: ChatQuery): Promise<ChatListDto> {
    return this.desk.listChats(caller, query);
  }

  @Get(':id')
  @ChatId()
  @ConditionalRead()
  @CoreOperation({
    id: 'chats.getChat',
    access: 'chat:read',
    success: CHANGED,
    errors: [400, 404],
    audit: 'chat.read',
  })
  async getChat(
    @CurrentCaller() caller: Caller,
    @IdParam('chat') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChatDto | undefined> {
    return answerVersioned(reply, await this.desk.getChat(caller, id));
  }

  @Patch(':id')
  @ChatId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'chats.updateChat',
    ...CHANGE,
    success: CHANGED,
    errors: [400, 404, 409, 412, 413, 415, 422],
    audit: 'chat.updated',
  })
  async updateChat(
    @CurrentCaller() caller: Caller,
    @IdParam('chat') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateChatDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChatDto | undefined> {
    return answerVersioned(reply, await this.desk.updateChat(caller, id, body, ifMatch));
  }

  @Delete(':id')
  @ChatId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'chats.deleteChat',
    ...CHANGE,
    success: { status: 204 },
    errors: [400, 404, 412],
    audit: 'chat.deleted',
  })
  async deleteChat(
    @CurrentCaller() caller: Caller,
    @IdParam('chat') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.desk.deleteChat(caller, id, ifMatch);
  }

  @Post(':id/archive')
  @ChatId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'chats.archiveChat',
    ...CHANGE,
    success: CHANGED,
    errors: [400, 404, 412],
    audit: 'chat.archived',
  })
  async archiveChat(
    @CurrentCaller() caller: Caller,
    @IdParam('chat') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChatDto | undefined> {
    return answerVersioned(reply, await this.desk.setArchived(caller, id, true, ifMatch));
  }

  @Delete(':id/archive')
  @ChatId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'chats.unarchiveChat',
    ...CHANGE,
    success: CHANGED,
    errors: [400, 404, 412],
    audit: 'chat.unarchived',
  })
  async unarchiveChat(
    @CurrentCaller() caller: Caller,
    @IdParam('chat') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChatDto | undefined> {
    return answerVersioned(reply, await this.desk.setArchived(caller, id, false, ifMatch));
  }
}
