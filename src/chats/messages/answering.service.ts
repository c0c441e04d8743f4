import { Injectable } from '@nestjs/common';
import {
  ChatProtocol,
  CompletionGateway,
  type JsonObject,
  type JsonValue,
  ModelsService,
} from '../../completions/index.js';
import { OpenError } from '../../crypto/index.js';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { type ChatRow, DEFAULT_MODEL } from '../chat.js';
import { chatError } from '../chats.errors.js';
import { OpenedChats } from '../opened-chats.service.js';
import type { DraftPlace } from './message-drafts.service.js';
import { MessagesService } from './messages.service.js';
import type { FreshChat, StoredTurn } from './turn.js';
import { Turns } from './turns.service.js';

/** Where an answer goes, as completions write it. */
export type Target = Parameters<CompletionGateway.CompletionsService['complete']>[3];

/** How an answer is to be made. */
export interface AnswerOptions {
  readonly model?: string | undefined;
  readonly stream?: boolean | undefined;
  readonly temperature?: number | undefined;
  readonly max_tokens?: number | undefined;
  readonly knowledge_ids?: readonly string[] | undefined;
  readonly tool_ids?: readonly string[] | undefined;
}

/** What is to be said, and where in the tree. */
export interface AskInput extends AnswerOptions {
  /** Undefined: the message at `parentId` is answered anew. */
  readonly content: unknown;
  /** Undefined: what the chat shows; null: nothing, a new beginning. */
  readonly parentId: string | null | undefined;
}

/** Asks models within chats. The turn is stored in the transaction that closes the completion. */
@Injectable()
export class Answering {
  constructor(
    private readonly turns: Turns,
    private readonly messages: MessagesService,
    private readonly opened: OpenedChats,
    private readonly completions: CompletionGateway.CompletionsService,
    private readonly models: ModelsService,
  ) {}

  /** @throws AppError MODEL_NOT_FOUND for a name that no model has */
  async assertModel(caller: Caller, model: string | null | undefined): Promise<void> {
    if (typeof model === 'string') await this.models.get(caller.principal, model);
  }

  /** The turn that begins a chat, and what its model is asked. */
  begin(caller: Caller, place: DraftPlace, chat: FreshChat, content: unknown, options: AnswerOptions) {
    const said = saidBy(content, 'message');
    const turn = this.turns.fresh(caller, place, chat, said);
    return { turn, request: requestOf([said], chat.model, options, place.id) };
  }

  /** @throws AppError NOT_FOUND, CHAT_ARCHIVED, CHAT_MESSAGE_UNKNOWN, CHAT_UNREADABLE, VALIDATION_ERROR */
  async continue(caller: Caller, chatId: string, { content, parentId, ...options }: AskInput) {
    const chat = await this.turns.writable(caller, chatId);
    const at = parentId === undefined ? chat.currentMessageId : parentId;
    if (at !== null && parentId !== undefined) await this.messages.getHead(chat, at);
    const { model, history } = await this.toldSoFar(caller, chat, at);
    const said = content === undefined ? undefined : saidBy(content, 'content');
    if (!said && history.at(-1)?.role !== 'user') {
      const message = "Give 'content', or in 'parent_id' a message of a user that is to be answered anew.";
      throw invalidField('content', 'required', message);
    }
    const turn = this.turns.continued(caller, chat, at, said);
    const asked = said ? [...history, said] : history;
    return { turn, request: requestOf(asked, model, options, chatId) };
  }

  /** No model is told a part of a conversation as if it were all of it. */
  private async toldSoFar(caller: Caller, chat: ChatRow, at: string | null) {
    try {
      const { model } = await this.opened.chat(chat);
      return { model, history: await this.messages.history(caller, chat, at) };
    } catch (error) {
      throw error instanceof OpenError ? chatError('CHAT_UNREADABLE') : error;
    }
  }

  /** Answers. @throws AppError as completions do */
  async answer(
    caller: Caller,
    { turn, request }: { readonly turn: StoredTurn; readonly request: ChatProtocol.ChatRequest },
    target: Target,
  ): Promise<void> {
    await this.completions.complete(caller, request, turn.projectId, target, { turn });
  }

  /** The chat with the turn, and the turn's messages. */
  async outcomeOf({ kept, opening }: StoredTurn) {
    if (!kept) throw chatError('CHAT_MESSAGE_UNKNOWN');
    const messages = await this.messages.getMessages(kept.chat, kept.messageIds);
    const answer = messages.at(-1);
    if (!answer) throw chatError('CHAT_MESSAGE_UNKNOWN');
    const message = opening.asked ? messages[0] : undefined;
    return { chat: await this.opened.chat(kept.chat), message, answer };
  }
}

function saidBy(content: unknown, field: string): JsonObject {
  const isEmpty = content === '' || (Array.isArray(content) && content.length === 0);
  if ((typeof content !== 'string' && !Array.isArray(content)) || isEmpty) {
    const message = `'${field}' must be a text, or a list of content parts, and not empty.`;
    throw invalidField(field, isEmpty ? 'minLength' : 'type', message);
  }
  return { role: 'user', content: content as JsonValue };
}

function requestOf(
  messages: readonly JsonObject[],
  chatModel: string | null,
  { stream, ...options }: AnswerOptions,
  chatId: string,
): ChatProtocol.ChatRequest {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return ChatProtocol.readChatRequest({
    model: chatModel ?? DEFAULT_MODEL,
    ...given,
    messages: [...messages],
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
    metadata: { chat_id: chatId },
  });
}
