import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/http/request-context.js';
import type { Chat, ChatFilter, ChatRow } from '../chat.js';
import { ChatNewsWriter } from '../chat-news.service.js';
import { reachOf } from '../chat-reach.policy.js';
import { ChatWalk } from '../chat-walk.service.js';
import { ChatsService } from '../chats.service.js';
import { MessagePages } from '../messages/message-pages.service.js';
import { OpenedChats } from '../opened-chats.service.js';
import { markdownPieces } from './chat-markdown.js';
import { linePieces, listPieces, recordPieces } from './chat-record.js';

export const LIST_FORMATS = ['jsonl', 'json'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];
export const CHAT_FORMATS = ['json', 'jsonl', 'markdown'] as const;
export type ChatFormat = (typeof CHAT_FORMATS)[number];

/** Chats as files, with people in place of tokens; read as they are sent, one page of messages in memory at a time. */
@Injectable()
export class ChatExports {
  constructor(
    private readonly reading: ChatsService,
    private readonly chats: ChatWalk,
    private readonly pages: MessagePages,
    private readonly opened: OpenedChats,
    private readonly news: ChatNewsWriter,
  ) {}

  /** The text of one chat's file; that it leaves is on record by then. @throws AppError NOT_FOUND */
  async exportChat(caller: Caller, id: string, format: ChatFormat): Promise<AsyncIterable<string>> {
    const { row, foreign } = await this.reading.findReadable(caller, id);
    const chat = await this.opened.readableChat(row);
    await this.news.tellAlone(caller, row, 'chat.exported', foreign);
    if (format === 'markdown')
      return markdownPieces(chat, this.pages.walk(row, caller, row.currentMessageId ?? ''));
    return linePieces(one(this.record(caller, row, chat)));
  }

  /** The text of a file of the caller's own chats; that they leave is on record by then. */
  async exportAll(
    caller: Caller,
    format: ListFormat,
    filter: Omit<ChatFilter, 'isOfOthers'>,
  ): Promise<AsyncIterable<string>> {
    await this.news.exportedAll(caller);
    const records = this.records(caller, filter);
    return format === 'json' ? listPieces(records) : linePieces(records);
  }

  private async *records(
    caller: Caller,
    filter: Omit<ChatFilter, 'isOfOthers'>,
  ): AsyncGenerator<AsyncIterable<string>> {
    const reach = reachOf(caller.principal);
    for await (const row of this.chats.walk(reach, { ...filter, isSharedToo: false })) {
      caller.signal().throwIfAborted();
      yield this.record(caller, row, await this.opened.readableChat(row));
    }
  }

  private record(caller: Caller, row: ChatRow, chat: Chat): AsyncIterable<string> {
    return recordPieces(chat, this.pages.walk(row, caller));
  }
}

async function* one<T>(item: T): AsyncGenerator<T> {
  yield item;
}
