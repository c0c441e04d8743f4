import { Injectable } from '@nestjs/common';
import { type AnswerToKeep, ShieldConversations } from '../../completions/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import { type ChatRow, MOST_MESSAGES, UNTITLED } from '../chat.js';
import { ChatNewsWriter } from '../chat-news.service.js';
import { reachOf } from '../chat-reach.policy.js';
import { ChatSealer } from '../chat-sealer.service.js';
import { chatError } from '../chats.errors.js';
import { ChatsRepository } from '../chats.repository.js';
import type { MessageRow } from './message.js';
import { type MessageDraft, MessageDrafts, type SealedDrafts } from './message-drafts.service.js';
import { MessagesRepository } from './messages.repository.js';
import type { FreshChat, KeptTurn, TurnKeeper, TurnOpening } from './turn.js';

/** Writes turns into the tree of their chat. Those of one chat follow one another under the lock of its row. */
@Injectable()
export class TurnWriter implements TurnKeeper {
  constructor(
    private readonly chats: ChatsRepository,
    private readonly messages: MessagesRepository,
    private readonly drafts: MessageDrafts,
    private readonly sealer: ChatSealer,
    private readonly conversations: ShieldConversations.Conversations,
    private readonly news: ChatNewsWriter,
  ) {}

  /** Does what is slow, and returns what stores the turn. @throws AppError as the shield does */
  async prepare(opening: TurnOpening, answer: AnswerToKeep): Promise<(tx: Tx) => Promise<KeptTurn>> {
    const { caller, place, asked, title } = opening;
    const drafts = [...(asked ? [asked] : []), answerOf(opening, answer)];
    const given = opening.fresh?.title ?? title;
    const sealed = await this.drafts.prepare(caller, place, { title: given, messages: drafts });
    return (tx) => this.store(opening, sealed, tx);
  }

  /**
   * Adds a chat without messages.
   * @param title with tokens in place of people
   */
  async insert(opening: Pick<TurnOpening, 'caller' | 'place'>, fresh: FreshChat, tx: Tx): Promise<ChatRow> {
    const { caller, place } = opening;
    const { createdAt, model } = fresh;
    const title = fresh.title ?? UNTITLED;
    const headSealed = await this.sealer.sealHead({ ...place, headVersion: 1 }, { title, model }, tx);
    const chat = {
      ...place,
      userId: caller.principal.userId,
      headSealed,
      titled: fresh.title !== undefined,
      currentMessageId: null,
      createdAt,
      updatedAt: createdAt,
      archivedAt: null,
    };
    if (!(await this.conversations.keep(place.organizationId, place.conversationId, tx)))
      throw platformError('NOT_FOUND');
    await this.chats.insert(chat, tx);
    await this.news.created(caller, chat, model, tx);
    return { ...chat, headVersion: 1, messageCount: 0, shareCount: 0, version: 1 };
  }

  private async store(opening: TurnOpening, sealed: SealedDrafts, tx: Tx): Promise<KeptTurn> {
    const { caller, fresh, place } = opening;
    const row = fresh
      ? await this.insert(opening, { ...fresh, title: sealed.title }, tx)
      : await this.lock(opening, tx);
    if (row.messageCount + sealed.rows.length > MOST_MESSAGES) throw chatError('CHAT_FULL');
    await sealed.storeTokens(tx);
    const rows = sealed.rows.map(
      (draft, at): MessageRow => ({ ...draft, position: row.messageCount + at + 1 }),
    );
    await this.messages.insertMany(row, rows, tx);
    const chat: ChatRow = {
      ...(await this.titled(row, sealed.title, tx)),
      messageCount: row.messageCount + rows.length,
      currentMessageId: rows.at(-1)?.id ?? row.currentMessageId,
      version: row.version + 1,
      updatedAt: new Date(),
    };
    await this.chats.update(chat, tx);
    await this.news.messagesCreated(caller, place.id === chat.id ? chat : row, rows.length, tx);
    return { chat, messageIds: rows.map(({ id }) => id) };
  }

  private async lock({ caller, place }: TurnOpening, tx: Tx): Promise<ChatRow> {
    const row = await this.chats.lockOwn(reachOf(caller.principal), place.id, tx);
    if (!row) throw platformError('NOT_FOUND');
    if (row.archivedAt) throw chatError('CHAT_ARCHIVED');
    return row;
  }

  /** The chat under the title made of its first message, where it has none yet. */
  private async titled(row: ChatRow, title: string | undefined, tx: Tx): Promise<ChatRow> {
    if (row.titled || title === undefined) return row;
    const { model } = await this.sealer.openHead(row, tx);
    const headVersion = row.headVersion + 1;
    const headSealed = await this.sealer.sealHead({ ...row, headVersion }, { title, model }, tx);
    return { ...row, headSealed, headVersion, titled: true };
  }
}

const answerOf = ({ place, parentId, asked }: TurnOpening, answer: AnswerToKeep): MessageDraft => ({
  id: newId('msg'),
  chatId: place.id,
  parentId: asked?.id ?? parentId,
  role: 'assistant',
  content: answer.content,
  ...(answer.toolCalls.length > 0 && { toolCalls: answer.toolCalls }),
  ...(answer.citations.length > 0 && { citations: answer.citations }),
  model: answer.model,
  isComplete: answer.isComplete,
  receiptId: answer.receiptId,
  createdAt: new Date(),
});
