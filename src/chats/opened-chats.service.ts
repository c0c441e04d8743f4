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

/** A chat, and whether its title and model could be opened. */
export interface OpenedChat {
  readonly chat: Chat;
  readonly isReadable: boolean;
}

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

  /** The same; of one that does not open there is no title and no model, which is logged. */
  async readableChat(row: ChatRow): Promise<OpenedChat> {
    try {
      return { chat: await this.chat(row), isReadable: true };
    } catch (error) {
      if (!(error instanceof OpenError)) throw error;
      this.logger.error({ message: 'a chat does not open', chat_id: row.id });
      const { headSealed: _, headVersion: __, ...chat } = row;
      return { chat: { ...chat, title: '', model: null }, isReadable: false };
    }
  }

  /**
   * Those of the messages that open, in the order of the rows: one that was changed or moved is no reason to keep the others from
   * their owner. It is counted, and logged. @throws RestoredTooLargeError
   */
  async readable(
    chat: ChatRow | Chat,
    rows: readonly MessageRow[],
    pace: RestorePace = {},
  ): Promise<ReadableMessages> {
    try {
      return { messages: await this.messages(chat, rows, pace), unreadable: 0 };
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
      }
    }
    return { messages, unreadable: rows.length - messages.length };
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
