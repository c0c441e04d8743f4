import { Injectable } from '@nestjs/common';
import { ShieldConversations } from '../../completions/index.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AppError, platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { type ChatRow, UNTITLED } from '../chat.js';
import { ChatNewsWriter } from '../chat-news.service.js';
import { ChatSealer } from '../chat-sealer.service.js';
import { titleOf } from '../chat-title.js';
import { ChatsRepository } from '../chats.repository.js';
import { textOf } from '../messages/message.js';
import {
  type DraftPlace,
  type MessageDraft,
  MessageDrafts,
  type SealedDrafts,
} from '../messages/message-drafts.service.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import type { NewImport } from './import-plan.service.js';
import { type ImportedChat, ImportRefusal } from './imported-chat.js';

/** Messages that are added by one statement. */
const ROWS_AT_A_TIME = 500;

/** Statuses of errors that say something of the text, and nothing of us. */
const OF_THE_TEXT: readonly number[] = [400, 413, 422];

/** A conversation that can be stored: all that is slow about it is done. */
export interface PreparedImport {
  readonly index: number;
  readonly digest: Buffer;
  readonly place: DraftPlace;
  readonly chat: ImportedChat;
  readonly sealed: SealedDrafts;
  readonly currentMessageId: string | null;
  /** What it takes in memory, in bytes. */
  readonly bytes: number;
}

/** Stores conversations of files exactly as turns are stored: with tokens in place of people, and sealed. */
@Injectable()
export class ImportWriter {
  constructor(
    private readonly chats: ChatsRepository,
    private readonly messages: MessagesRepository,
    private readonly drafts: MessageDrafts,
    private readonly sealer: ChatSealer,
    private readonly conversations: ShieldConversations.Conversations,
    private readonly news: ChatNewsWriter,
  ) {}

  /** @throws ImportRefusal where its text cannot be searched: then it is not kept, as anywhere */
  async prepare(
    caller: Caller,
    place: DraftPlace,
    { index, chat, digest }: NewImport,
  ): Promise<PreparedImport> {
    const ids = new Map(chat.messages.map(({ id }) => [id, newId('msg')]));
    const messages = chat.messages.map((message): MessageDraft => {
      const parentId = message.parentId === null ? null : (ids.get(message.parentId) ?? null);
      return {
        ...message,
        id: ids.get(message.id) ?? newId('msg'),
        parentId,
        chatId: place.id,
        receiptId: null,
      };
    });
    const said = chat.messages.find(({ role }) => role === 'user');
    const title = chat.title ?? (said && titleOf(textOf(said.content)));
    const sealed = await this.drafts
      .prepare(caller, place, { title, messages }, caller.signal)
      .catch((error: unknown) => {
        if (!(error instanceof AppError) || !OF_THE_TEXT.includes(error.row.status)) throw error;
        throw new ImportRefusal('not_searchable', '', error.message);
      });
    const currentMessageId = chat.currentId === null ? null : (ids.get(chat.currentId) ?? null);
    const bytes = sealed.rows.reduce((sum, { bodySealed }) => sum + bodySealed.length, 0);
    return { index, digest, place, chat, sealed, currentMessageId, bytes };
  }

  /**
   * In one transaction. Those that another request has stored meanwhile are left as they are.
   * @returns the chats by their indexes in the file
   */
  async store(
    caller: Caller,
    group: readonly PreparedImport[],
    unitOfWork: UnitOfWork,
  ): Promise<Map<number, string>> {
    // In one order everywhere, so that two imports of the same chats wait for one another instead of each for the other.
    const ordered = group.toSorted((a, b) => a.digest.compare(b.digest));
    return unitOfWork.run(async (tx) => {
      const stored = new Map<number, string>();
      const rows: (ChatRow & { readonly model: string | null })[] = [];
      for (const each of ordered) {
        const row = await this.insert(caller, each, tx);
        if (!row) continue;
        stored.set(each.index, row.id);
        rows.push({ ...row, model: each.chat.model ?? null });
      }
      if (rows.length > 0) await this.news.imported(caller, rows, ordered[0]?.chat.source ?? '', tx);
      return stored;
    });
  }

  private async insert(
    caller: Caller,
    { place, chat, sealed, digest, currentMessageId }: PreparedImport,
    tx: Tx,
  ): Promise<ChatRow | undefined> {
    const { createdAt, updatedAt, isArchived } = chat;
    const head = { title: sealed.title ?? UNTITLED, model: chat.model ?? null };
    const row = {
      ...place,
      userId: caller.principal.userId,
      headSealed: await this.sealer.sealHead({ ...place, headVersion: 1 }, head, tx),
      titled: sealed.title !== undefined,
      currentMessageId,
      createdAt,
      updatedAt,
      archivedAt: isArchived ? updatedAt : null,
      messageCount: sealed.rows.length,
    };
    if (!(await this.chats.insertImported(row, digest, tx))) return undefined;
    if (!(await this.conversations.keep(place.organizationId, place.conversationId, tx)))
      throw platformError('NOT_FOUND');
    await sealed.storeTokens(tx);
    const rows = sealed.rows.map((draft, at) => ({ ...draft, position: at + 1 }));
    for (let at = 0; at < rows.length; at += ROWS_AT_A_TIME)
      await this.messages.insertMany(row, rows.slice(at, at + ROWS_AT_A_TIME), tx);
    return { ...row, headVersion: 1, shareCount: 0, version: 1 };
  }
}
