import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../platform/errors/app-error.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import type { Chat, ChatFilter, ChatRow } from './chat.js';
import { ChatNewsWriter } from './chat-news.service.js';
import { reachOf } from './chat-reach.policy.js';
import { ChatsRepository } from './chats.repository.js';
import { OpenedChats } from './opened-chats.service.js';

/** Reading chats. */
@Injectable()
export class ChatsService {
  constructor(
    private readonly repository: ChatsRepository,
    private readonly opened: OpenedChats,
    private readonly news: ChatNewsWriter,
    private readonly dataSource: DataSource,
  ) {}

  /** Of somebody else's chat it is put on record. @throws AppError NOT_FOUND */
  async getChat(caller: Caller, id: string): Promise<Chat> {
    return this.opened.chat(await this.getReadable(caller, id, { isContentRead: true }));
  }

  async listChats({ principal }: Caller, filter: ChatFilter, listing: Listing): Promise<Listed<Chat>> {
    const reach = reachOf(principal);
    const { rows, ...rest } = await this.repository.list(reach, filter, listing, this.dataSource.manager);
    const chats: Chat[] = [];
    for (const row of rows) chats.push(await this.opened.chat(row));
    return { ...rest, rows: chats };
  }

  /** The row of a chat of the caller's. @throws AppError NOT_FOUND */
  async getOwn({ principal }: Caller, id: string): Promise<ChatRow> {
    const row = await this.repository.findOwn(reachOf(principal), id, this.dataSource.manager);
    if (!row) throw platformError('NOT_FOUND');
    return row;
  }

  /**
   * The row of a chat that the caller may read. Reading what is said in somebody else's is on record before it is answered.
   * @throws AppError NOT_FOUND
   */
  async getReadable(
    caller: Caller,
    id: string,
    { isContentRead }: { readonly isContentRead: boolean },
  ): Promise<ChatRow> {
    const { principal } = caller;
    const row = await this.repository.findReadable(reachOf(principal), id, this.dataSource.manager);
    if (!row) throw platformError('NOT_FOUND');
    if (isContentRead && row.userId !== principal.userId)
      await this.news.tellAlone(caller, row, 'chat.read', { subjectUserId: row.userId });
    return row;
  }
}
