import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JsonValue } from '../completions/index.js';
import type { Chat, ChatRow } from './chat.js';
import { ChatRestorer, type RestorePace } from './chat-restorer.service.js';
import { ChatSealer } from './chat-sealer.service.js';
import type { Message, MessageBody, MessageRow } from './messages/message.js';
import { collectTexts, withTexts } from './string-leaves.js';

/** Chats and messages as those read them who may: opened, and with people in place of tokens. */
@Injectable()
export class OpenedChats {
  constructor(
    private readonly sealer: ChatSealer,
    private readonly restorer: ChatRestorer,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws OpenError when the row was changed or moved */
  async chat(row: ChatRow): Promise<Chat> {
    const { headSealed: _, headVersion: __, ...chat } = row;
    const { title, model } = await this.sealer.openHead(row, this.dataSource.manager);
    const [restored = title] = await this.restorer.restore(row, [title]);
    return { ...chat, title: restored, model };
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
