import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JsonObject } from '../../completions/index.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { ChatRow } from '../chat.js';
import { chatError } from '../chats.errors.js';
import { ChatsService } from '../chats.service.js';
import { OpenedChats } from '../opened-chats.service.js';
import { asProtocol, type Message, type MessageRow } from './message.js';
import { type MessageFilter, MessagesRepository } from './messages.repository.js';

/** Reading what was said. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly chats: ChatsService,
    private readonly repository: MessagesRepository,
    private readonly opened: OpenedChats,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * @param filter `isShown`: those of the branch that is shown alone
   * @throws AppError NOT_FOUND
   */
  async listMessages(
    caller: Caller,
    chatId: string,
    { parentId, isShown }: Pick<MessageFilter, 'parentId'> & { readonly isShown: boolean },
    listing: Listing,
  ): Promise<Listed<Message>> {
    const chat = await this.chats.getReadable(caller, chatId, { isContentRead: true });
    const branchOf = isShown ? (chat.currentMessageId ?? '') : undefined;
    const { rows, ...rest } = await this.repository.list(
      chat,
      { parentId, branchOf },
      listing,
      this.dataSource.manager,
    );
    return { ...rest, rows: await this.opened.marked(chat, rows, caller) };
  }

  /** The messages of a chat by their ids, in the order of the ids. */
  async getMessages(chat: ChatRow, ids: readonly string[]): Promise<Message[]> {
    const rows: MessageRow[] = [];
    for (const id of ids) {
      const row = await this.repository.find(chat, id, this.dataSource.manager);
      if (row) rows.push(row);
    }
    return this.opened.messages(chat, rows);
  }

  /** @throws AppError CHAT_MESSAGE_UNKNOWN */
  async getHead(chat: ChatRow, id: string): Promise<MessageRow> {
    const row = await this.repository.find(chat, id, this.dataSource.manager);
    if (row) return row;
    throw chatError('CHAT_MESSAGE_UNKNOWN', { details: { field: 'parent_id', constraint: 'exists' } });
  }

  /** A message and all that led to it, as a model is told it. */
  async history(caller: Caller, chat: ChatRow, messageId: string | null): Promise<JsonObject[]> {
    if (messageId === null) return [];
    const rows = await this.repository.branch(chat, messageId, this.dataSource.manager);
    if (rows.length === 0) throw platformError('NOT_FOUND');
    return (await this.opened.messages(chat, rows, caller)).map(asProtocol);
  }
}
