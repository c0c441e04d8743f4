import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import type { JsonValue } from '../completions/index.js';
import { OpenError } from '../crypto/index.js';
import { LOGGER } from '../platform/telemetry/logger.js';
import type { Chat, ChatRow } from './chat.js';
import { ChatRestorer, type RestorePace } from './chat-restorer.service.js';
import { ChatSealer } from './chat-sealer.service.js';
import type { Message, MessageBody, MessageRow } from './messages/message.js';
import { collectTexts, withTexts } from './string-leaves.js';

/** Messages that open, and how many there are besides. */
export interface ReadableMessages {
  readonly messages: readonly Message[];
  readonly unreadable: number;
}

/** Chats and messages as those read them who may: opened, and with people in place of tokens. */
@Injectable()
export class OpenedChats {
  constructor(
    private readonly sealer: ChatSealer,
    private readonly restorer: ChatRestorer,
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws OpenError when the row was changed or moved */
  async chat(row: ChatRow): Promise<Chat> {
    const { headSealed: _, headVersion: __, ...chat } = row;
    const { title, model } = await this.sealer.openHead(row, this.dataSource.manager);
    const [restored = title] = await this.restorer.restore(row, [title]);
    return { ...chat, title: restored, model };
  }

  /** The same; one that does not open is marked and logged, and no reason to keep others from their owner. */
  async readableChat(row: ChatRow): Promise<Chat> {
    try {
      return await this.chat(row);
    } catch (error) {
      if (!(error instanceof OpenError)) throw error;
      this.logger.error({ message: 'a chat does not open', chat_id: row.id });
      const { headSealed: _, headVersion: __, ...chat } = row;
      return { ...chat, title: '', model: null, isUnreadable: true };
    }
  }

  /** Those of the messages that open, in the order of the rows; how many do not is counted. @throws RestoredTooLargeError */
  async readable(chat: ChatRow, rows: readonly MessageRow[], pace: RestorePace): Promise<ReadableMessages> {
    const all = await this.marked(chat, rows, pace);
    const messages = all.filter(({ isUnreadable }) => !isUnreadable);
    return { messages, unreadable: all.length - messages.length };
  }

  /**
   * In the order of the rows: one that was changed or moved is marked and logged, and no reason to keep the others from their
   * owner. @throws RestoredTooLargeError
   */
  async marked(chat: ChatRow, rows: readonly MessageRow[], pace: RestorePace): Promise<Message[]> {
    try {
      return await this.messages(chat, rows, pace);
    } catch (error) {
      if (!(error instanceof OpenError)) throw error;
    }
    const messages: Message[] = [];
    for (const row of rows) {
      try {
        messages.push(...(await this.messages(chat, [row], pace)));
      } catch (error) {
        if (!(error instanceof OpenError)) throw error;
        this.logger.error({
          message: 'a message of a chat does not open',
          chat_id: chat.id,
          message_id: row.id,
        });
        const { bodySealed: _, ...head } = row;
        messages.push({ ...head, content: null, isUnreadable: true });
      }
    }
    return messages;
  }

  /** In the order of the rows. @throws OpenError when one was changed or moved; RestoredTooLargeError */
  async messages(
    chat: ChatRow | Chat,
    rows: readonly MessageRow[],
    pace: RestorePace = {},
  ): Promise<Message[]> {
    const bodies: MessageBody[] = [];
    for (const row of rows)
      bodies.push(await this.sealer.openBody(chat.organizationId, row, this.dataSource.manager));
    const texts: string[] = [];
    for (const { content, toolCalls, citations } of bodies) {
      collectTexts(content, texts);
      collectTexts(toolCalls as JsonValue | undefined, texts);
      collectTexts(citations as JsonValue | undefined, texts);
    }
    const restored = await this.restorer.restore(chat, texts, pace);
    let at = 0;
    const next = (): string => restored[at++] ?? '';
    return rows.map(({ bodySealed: _, ...head }, index) => {
      const { content = null, toolCalls, citations, ...rest } = bodies[index] ?? {};
      return {
        ...head,
        ...rest,
        content: withTexts(content, next),
        ...(toolCalls && { toolCalls: withTexts([...toolCalls], next) }),
        ...(citations && { citations: citations.map((citation) => withTexts(citation, next)) }),
      };
    });
  }
}
