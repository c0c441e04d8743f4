import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CHAT_BODY_LIMIT } from '../../completions/index.js';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { MessagesService } from '../messages/messages.service.js';
import { AddMessageDto, MessageListDto, MessageQuery, TurnDto } from './chat.dto.js';
import { presentMessage } from './chat.presenter.js';
import { TurnDesk } from './turn-operations.js';

const ChatId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

/** How a message without a parent is asked for. */
const ROOT = 'root';

@Controller('_core/chats/:id/messages')
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly turns: TurnDesk,
  ) {}

  @Get()
  @ChatId()
  @CoreOperation({
    id: 'chats.listMessages',
    access: 'chat:read',
    success: { status: 200, type: MessageListDto },
    errors: [400, 404],
    audit: 'chat.read',
  })
  async listMessages(
    @CurrentCaller() caller: Caller,
    @IdParam('chat') id: string,
    @Query() query: MessageQuery,
  ): Promise<MessageListDto> {
    const listing = listingOf({ ...query, sort: 'position', order: query.order ?? 'asc' });
    const parentId = query.parent_id === ROOT ? null : query.parent_id;
    const filter = { parentId, isShown: query.branch };
    return listEnvelope(
      await this.messages.listMessages(caller, id, filter, listing),
      listing,
      presentMessage,
    );
  }

  @Post()
  @ChatId()
  @CoreOperation({
    id: 'chats.addMessage',
    access: 'chat:write',
    success: { status: 201, type: TurnDto, streamed: true },
    errors: [400, 404, 409, 413, 415, 422],
    audit: 'chat_message.created',
    counts: 'completions',
    bodyLimit: CHAT_BODY_LIMIT,
  })
  addMessage(
    @CurrentCaller() caller: Caller,
    @IdParam('chat') id: string,
    @Body() body: AddMessageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.turns.addMessage(caller, id, body, request, reply);
  }
}
