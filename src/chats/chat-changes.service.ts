import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ShieldConversations } from '../completions/index.js';
import { OpenError } from '../crypto/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import { assertMatch, type IfMatch } from '../platform/http/etag.js';
import type { Caller } from '../platform/http/request-context.js';
import { ProjectsRepository, projectError } from '../projects/index.js';
import { type ChatHead, type ChatRow, UNTITLED } from './chat.js';
import { type ChatAction, ChatNewsWriter } from './chat-news.service.js';
import { reachOf } from './chat-reach.policy.js';
import { ChatSealer } from './chat-sealer.service.js';
import { chatError } from './chats.errors.js';
import { ChatsRepository } from './chats.repository.js';
import type { SealedDrafts } from './messages/message-drafts.service.js';
import { MessageDrafts } from './messages/message-drafts.service.js';
import { MessagesRepository } from './messages/messages.repository.js';

/** A change of a chat: what is not given stays. */
export interface ChatChange {
  /** Made ready by {@link ChatTitles}. */
  readonly title?: SealedDrafts | undefined;
  readonly model?: string | null | undefined;
  readonly currentMessageId?: string | undefined;
}

/** Changing chats: effect and audit row, both or neither. */
@Injectable()
export class ChatChangesService {
  constructor(
    private readonly chats: ChatsRepository,
    private readonly messages: MessagesRepository,
    private readonly sealer: ChatSealer,
    private readonly conversations: ShieldConversations.Conversations,
    private readonly news: ChatNewsWriter,
    private readonly projects: ProjectsRepository,
  ) {}

  /** @throws AppError NOT_FOUND, PRECONDITION_FAILED, CHAT_ARCHIVED, CHAT_MESSAGE_UNKNOWN */
  async changeChat(
    caller: Caller,
    id: string,
    change: ChatChange,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<ChatRow> {
    const row = await this.lock(caller, id, ifMatch, tx);
    if (row.archivedAt) throw chatError('CHAT_ARCHIVED');
    const { currentMessageId = row.currentMessageId } = change;
    if (
      change.currentMessageId !== undefined &&
      !(await this.messages.find(row, change.currentMessageId, tx))
    )
      throw chatError('CHAT_MESSAGE_UNKNOWN', {
        details: { field: 'current_message_id', constraint: 'exists' },
      });
    const headed = await this.withHead(row, change, tx);
    return this.write(caller, { ...headed, currentMessageId }, 'chat.updated', tx);
  }

  /** Takes a chat out of the list, or back into it; one that is there already stays as it is. @throws AppError NOT_FOUND */
  async setArchived(
    caller: Caller,
    id: string,
    archived: boolean,
    ifMatch: IfMatch,
    tx: Tx,
  ): Promise<ChatRow> {
    const row = await this.lock(caller, id, ifMatch, tx);
    if ((row.archivedAt !== null) === archived) return row;
    const archivedAt = archived ? new Date() : null;
    return this.write(caller, { ...row, archivedAt }, archived ? 'chat.archived' : 'chat.unarchived', tx);
  }

  /** Erases a chat, its messages and its tokens, for good. @throws AppError NOT_FOUND, PRECONDITION_FAILED, LEGAL_HOLD */
  async deleteChat(caller: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<void> {
    const found = await this.chats.findOwn(reachOf(caller.principal), id, tx);
    if (!found) throw platformError('NOT_FOUND');
    await this.assertUnheld(found, tx);
    const row = await this.lock(caller, id, ifMatch, tx);
    await this.conversations.forget(row.organizationId, [row.conversationId], tx);
    await this.news.tell(caller, row, 'chat.deleted', tx, { counts: { messages: row.messageCount } });
  }

  /** The row of a chat of the caller's, which nobody else changes until the transaction ends. @throws AppError NOT_FOUND */
  async lock({ principal }: Caller, id: string, ifMatch: IfMatch, tx: Tx): Promise<ChatRow> {
    const row = await this.chats.lockOwn(reachOf(principal), id, tx);
    if (!row) throw platformError('NOT_FOUND');
    assertMatch(ifMatch, row.version);
    return row;
  }

  /** A project is locked before what is in it. */
  private async assertUnheld({ organizationId, projectId }: ChatRow, tx: Tx): Promise<void> {
    if (projectId === null) return;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (project?.legalHold) throw projectError('LEGAL_HOLD');
  }

  private async write(caller: Caller, row: ChatRow, action: ChatAction, tx: Tx): Promise<ChatRow> {
    const changed = { ...row, version: row.version + 1, updatedAt: new Date() };
    await this.chats.update(changed, tx);
    await this.news.tell(caller, changed, action, tx);
    return changed;
  }

  private async withHead(row: ChatRow, { title, model }: ChatChange, tx: Tx): Promise<ChatRow> {
    if (title === undefined && model === undefined) return row;
    await title?.storeTokens(tx);
    const head = await this.headOf(row, title !== undefined && model !== undefined, tx);
    const headVersion = row.headVersion + 1;
    const changed = { title: title?.title ?? head.title, model: model === undefined ? head.model : model };
    const headSealed = await this.sealer.sealHead({ ...row, headVersion }, changed, tx);
    return { ...row, headSealed, headVersion, titled: row.titled || title !== undefined };
  }

  /** One that does not open is no loss to a change of all of it. */
  private async headOf(row: ChatRow, isReplaced: boolean, tx: Tx): Promise<ChatHead> {
    try {
      return await this.sealer.openHead(row, tx);
    } catch (error) {
      if (!(error instanceof OpenError)) throw error;
      if (!isReplaced) throw chatError('CHAT_UNREADABLE');
      return { title: UNTITLED, model: null };
    }
  }
}

/** Titles made ready before the transaction that stores them. */
@Injectable()
export class ChatTitles {
  constructor(
    private readonly chats: ChatsRepository,
    private readonly drafts: MessageDrafts,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async prepare(caller: Caller, chatId: string, title: string): Promise<SealedDrafts> {
    const chat = await this.chats.findOwn(reachOf(caller.principal), chatId, this.dataSource.manager);
    if (!chat) throw platformError('NOT_FOUND');
    return this.drafts.prepare(caller, chat, { title, messages: [] });
  }
}
