import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type ChatProtocol,
  ChatTurns,
  isObject,
  type JsonObject,
  ShieldConversations,
} from '../../completions/index.js';
import { platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { ChatRow } from '../chat.js';
import { reachOf } from '../chat-reach.policy.js';
import { titleOf } from '../chat-title.js';
import { chatError } from '../chats.errors.js';
import { ChatsRepository } from '../chats.repository.js';
import { type MessageContent, textOf } from './message.js';
import type { DraftPlace, MessageDraft } from './message-drafts.service.js';
import { type FreshChat, StoredTurn } from './turn.js';
import { TurnWriter } from './turn-writer.service.js';

/** Begins turns of chats: of those that are there, and of those that begin with one. */
@Injectable()
export class Turns extends ChatTurns {
  constructor(
    private readonly chats: ChatsRepository,
    private readonly writer: TurnWriter,
    private readonly conversations: ShieldConversations.Conversations,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  /** A completion's: its last message, where a user or a tool said it, and the answer continue what the chat shows. */
  async begin(caller: Caller, chatId: string, { body }: ChatProtocol.ChatRequest): Promise<StoredTurn> {
    const chat = await this.writable(caller, chatId, 'metadata.chat_id');
    const last = Array.isArray(body.messages) ? body.messages.at(-1) : undefined;
    return this.continued(caller, chat, chat.currentMessageId, isObject(last) ? last : undefined);
  }

  /**
   * A turn that continues a message of a chat, or begins anew.
   * @param said in the form of the protocol; undefined where an answer is made anew
   */
  continued(
    caller: Caller,
    chat: ChatRow,
    parentId: string | null,
    said: JsonObject | undefined,
  ): StoredTurn {
    const asked = said && draftOf(chat, parentId, said);
    const title = chat.titled || !asked ? undefined : titleOf(textOf(asked.content));
    return new StoredTurn({ caller, place: chat, fresh: undefined, parentId, asked, title }, this.writer);
  }

  /** The first turn of a chat that is stored with it. */
  fresh(caller: Caller, place: DraftPlace, chat: FreshChat, said: JsonObject): StoredTurn {
    const asked = draftOf(place, null, said);
    const title = chat.title ?? (asked && titleOf(textOf(asked.content)));
    const fresh = { ...chat, title };
    return new StoredTurn({ caller, place, fresh, parentId: null, asked, title }, this.writer);
  }

  /** Where a new chat of the caller's keeps its tokens; forgotten in time when no chat comes of it. */
  async newPlace({ principal }: Caller, projectId: string | undefined): Promise<DraftPlace> {
    const { organizationId, userId } = principal;
    const id = newId('chat');
    const owner = { organizationId, userId, projectId };
    const conversation = await this.conversations.open(owner, id);
    return {
      id,
      organizationId,
      projectId: projectId ?? null,
      conversationId: conversation.id,
      scopeId: conversation.scopeId,
    };
  }

  /** A chat that the caller may write to. @throws AppError NOT_FOUND, CHAT_ARCHIVED */
  async writable({ principal }: Caller, chatId: string, field?: string): Promise<ChatRow> {
    const chat = await this.chats.findOwn(reachOf(principal), chatId, this.dataSource.manager);
    const details = field === undefined ? undefined : { field, constraint: 'exists' };
    if (!chat) throw platformError('NOT_FOUND', { ...(details && { details }) });
    if (chat.archivedAt) throw chatError('CHAT_ARCHIVED');
    return chat;
  }
}

/** What a user or a tool said; undefined for any other message. */
function draftOf(place: DraftPlace, parentId: string | null, said: JsonObject): MessageDraft | undefined {
  const { role, content = null, tool_call_id: toolCallId } = said;
  if (role !== 'user' && role !== 'tool') return undefined;
  return {
    id: newId('msg'),
    chatId: place.id,
    parentId,
    role,
    content: content as MessageContent,
    ...(typeof toolCallId === 'string' && { toolCallId }),
    isComplete: true,
    receiptId: null,
    createdAt: new Date(),
  };
}
