import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { ListQuery, listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { ChatShareDto, ChatShareListDto, ShareChatDto, UnshareQuery } from '../../http/chat.dto.js';
import { presentShare } from '../../http/chat.presenter.js';
import { ChatShareLists, ChatSharesService } from '../chat-shares.service.js';

const ChatId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

@Controller('_core/chats/:id/share')
export class ChatSharesController {
  constructor(
    private readonly shares: ChatSharesService,
    private readonly lists: ChatShareLists,
    private readonly writes: Writes,
  ) {}

  @Post()
  @ChatId()
  @CoreOperation({
    id: 'chats.shareChat',
    access: 'chat:write',
    success: { status: 201, type: ChatShareDto },
    errors: [400, 404, 413, 415],
    audit: 'chat.shared',
    idempotent: true,
  })
  async shareChat(
    @CurrentCaller() caller: Caller,
    @IdParam('chat') id: string,
    @Body() { user_id: userId }: ShareChatDto,
  ): Promise<ChatShareDto> {
    await this.shares.assertMember(caller, userId);
    return this.writes.run(caller, async (tx) =>
      presentShare(await this.shares.shareChat(caller, id, userId, tx)),
    );
  }

  @Get()
  @ChatId()
  @CoreOperation({
    id: 'chats.listShares',
    access: 'chat:read',
    success: { status: 200, type: ChatShareListDto },
    errors: [400, 404],
  })
  async listShares(
    @CurrentCaller() caller: Caller,
    @IdParam('chat') id: string,
    @Query() query: ListQuery,
  ): Promise<ChatShareListDto> {
    const listing = listingOf(query);
    return listEnvelope(await this.lists.list(caller, id, listing), listing, presentShare);
  }

  @Delete()
  @ChatId()
  @CoreOperation({
    id: 'chats.unshareChat',
    access: 'chat:write',
    success: { status: 204 },
    errors: [400, 404],
    audit: 'chat.unshared',
    idempotent: true,
  })
  async unshareChat(
    @CurrentCaller() caller: Caller,
    @IdParam('chat') id: string,
    @Query() { user_id: userId }: UnshareQuery,
  ): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.shares.unshareChat(caller, id, userId, tx);
      return undefined;
    });
  }
}
