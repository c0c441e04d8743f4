import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MembersService } from '../../organizations/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { invalidField, platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ChatChangesService } from '../chat-changes.service.js';
import { ChatNewsWriter } from '../chat-news.service.js';
import { chatError } from '../chats.errors.js';
import { ChatsRepository } from '../chats.repository.js';
import { ChatsService } from '../chats.service.js';
import type { ChatShare } from './chat-share.js';
import { ChatSharesRepository } from './chat-shares.repository.js';

/** Lets other members of the organization read a chat, until that is taken back; from the very next request on. */
@Injectable()
export class ChatSharesService {
  constructor(
    private readonly shares: ChatSharesRepository,
    private readonly chats: ChatsRepository,
    private readonly changes: ChatChangesService,
    private readonly reading: ChatsService,
    private readonly members: MembersService,
    private readonly news: ChatNewsWriter,
  ) {}

  /** @throws AppError NOT_FOUND for a user who is no member */
  async assertMember(caller: Caller, userId: string): Promise<void> {
    const { organizationId, userId: own } = caller.principal;
    if (userId === own)
      throw invalidField('user_id', 'other', 'The chat is yours already. Name another member.');
    await this.members.getMember(caller, organizationId, userId);
  }

  /** @throws AppError NOT_FOUND, CHAT_SHARE_EXISTS */
  async shareChat(caller: Caller, chatId: string, userId: string, tx: Tx): Promise<ChatShare> {
    const chat = await this.changes.lock(caller, chatId, undefined, tx);
    const share = { id: newId('share'), userId, createdBy: caller.principal.userId };
    const made = await this.shares.insert(chat, share, tx);
    if (!made) throw chatError('CHAT_SHARE_EXISTS');
    await this.chats.update({ ...chat, shareCount: chat.shareCount + 1, version: chat.version + 1 }, tx);
    await this.news.tell(caller, chat, 'chat.shared', tx, { subjectUserId: userId });
    return made;
  }

  /** The owner's to know. @throws AppError NOT_FOUND */
  async listShares(caller: Caller, chatId: string, listing: Listing, db: Tx): Promise<Listed<ChatShare>> {
    const chat = await this.reading.getReadable(caller, chatId, { isContentRead: false });
    if (chat.userId !== caller.principal.userId) throw platformError('NOT_FOUND');
    return this.shares.list(chat, listing, db);
  }

  /** Takes one user's share back, or everybody's. @throws AppError NOT_FOUND where the chat is not shared so */
  async unshareChat(caller: Caller, chatId: string, userId: string | undefined, tx: Tx): Promise<void> {
    const chat = await this.changes.lock(caller, chatId, undefined, tx);
    const gone = await this.shares.delete(chat, userId, tx);
    if (userId !== undefined && gone.length === 0) throw platformError('NOT_FOUND');
    const { shareCount, version } = chat;
    await this.chats.update({ ...chat, shareCount: shareCount - gone.length, version: version + 1 }, tx);
    for (const subjectUserId of gone)
      await this.news.tell(caller, chat, 'chat.unshared', tx, { subjectUserId });
  }
}

/** The lists of shares, for controllers, which see no database. */
@Injectable()
export class ChatShareLists {
  constructor(
    private readonly shares: ChatSharesService,
    private readonly dataSource: DataSource,
  ) {}

  list(caller: Caller, chatId: string, listing: Listing): Promise<Listed<ChatShare>> {
    return this.shares.listShares(caller, chatId, listing, this.dataSource.manager);
  }
}
