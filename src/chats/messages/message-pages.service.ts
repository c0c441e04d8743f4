import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ChatRow } from '../chat.js';
import type { RestorePace } from '../chat-restorer.service.js';
import { OpenedChats, type ReadableMessages } from '../opened-chats.service.js';
import { type MessageSize, MessagesRepository } from './messages.repository.js';

/** Most that is in memory at a time of what lies sealed, in bytes; a message that is longer comes alone. */
const MOST_BYTES = 512 * 1024;
const MOST_MESSAGES = 200;

/** Walks through the messages of a chat, however many, with a bounded part of them in memory. */
@Injectable()
export class MessagePages {
  constructor(
    private readonly repository: MessagesRepository,
    private readonly opened: OpenedChats,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Opened and restored, in the order in which they came.
   * @param branchOf only those of the branch that ends in this message
   * @throws RestoredTooLargeError; the signal's reason
   */
  async *walk(chat: ChatRow, pace: RestorePace, branchOf?: string): AsyncGenerator<ReadableMessages> {
    if (chat.messageCount === 0) return;
    const db = this.dataSource.manager;
    for (const positions of pagesOf(await this.repository.sizes(chat, branchOf, db))) {
      pace.signal?.().throwIfAborted();
      yield await this.opened.readable(chat, await this.repository.listAt(chat, positions, db), pace);
    }
  }
}

/** Positions in lists that are neither too long nor too large. */
export function* pagesOf(sizes: readonly MessageSize[]): Generator<number[]> {
  let page: number[] = [];
  let total = 0;
  for (const { position, bytes } of sizes) {
    if (page.length > 0 && (page.length >= MOST_MESSAGES || total + bytes > MOST_BYTES)) {
      yield page;
      page = [];
      total = 0;
    }
    page.push(position);
    total += bytes;
  }
  if (page.length > 0) yield page;
}
