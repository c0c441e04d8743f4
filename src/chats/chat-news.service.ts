import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { type AuditDetails, auditOf } from '../platform/audit/audit-entry.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Caller } from '../platform/http/request-context.js';
import { EventOutbox } from '../platform/outbox/event-outbox.js';
import type { ChatRow } from './chat.js';

/** What can happen to a chat, as its audit row says it. */
export type ChatAction =
  `chat.${'created' | 'updated' | 'archived' | 'unarchived' | 'deleted' | 'shared' | 'unshared' | 'exported' | 'read'}`;

type About = Pick<ChatRow, 'id' | 'organizationId' | 'projectId' | 'userId'>;

/** What an entry may say beside what happened. */
export interface MoreNews {
  /** Whom it concerns beside the actor. */
  readonly subjectUserId?: string | undefined;
  readonly counts?: Readonly<Record<string, number>>;
  readonly details?: AuditDetails;
}

/** Tells of chats: ids and counts, nothing of what is said in them. */
@Injectable()
export class ChatNewsWriter {
  constructor(
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  /** In the transaction of what is told. */
  async tell(caller: Caller, chat: About, action: ChatAction, tx: Tx, more: MoreNews = {}): Promise<void> {
    await this.audit.append(entryOf(caller, chat, action, more), tx);
  }

  /** A read that is its request's only effect; resolved means it is on record. */
  async tellAlone(caller: Caller, chat: About, action: 'chat.read' | 'chat.exported', more: MoreNews = {}) {
    await this.audit.appendAlone(entryOf(caller, chat, action, more));
  }

  /** A chat has begun. @param model nothing personal: one that there is */
  async created(caller: Caller, chat: About & Pick<ChatRow, 'createdAt'>, model: string | null, tx: Tx) {
    await this.tell(caller, chat, 'chat.created', tx);
    await this.announce(chat, model, tx);
  }

  /** Chats came of a file: each is announced, and all of them are one entry. */
  async imported(
    caller: Caller,
    chats: readonly (About &
      Pick<ChatRow, 'createdAt' | 'messageCount'> & { readonly model: string | null })[],
    source: string,
    tx: Tx,
  ): Promise<void> {
    for (const chat of chats) await this.announce(chat, chat.model, tx);
    const { details, ...entry } = auditOf(caller);
    const messages = chats.reduce((sum, { messageCount }) => sum + messageCount, 0);
    const projectId = chats[0]?.projectId ?? undefined;
    const counts = { chats: chats.length, messages };
    await this.audit.append(
      { ...entry, projectId, action: 'chat.imported', counts, details: { ...details, source } },
      tx,
    );
  }

  private async announce(
    chat: About & Pick<ChatRow, 'createdAt'>,
    model: string | null,
    tx: Tx,
  ): Promise<void> {
    const { id, organizationId, projectId, userId, createdAt } = chat;
    const data = {
      chat_id: id,
      project_id: projectId,
      user_id: userId,
      model,
      created_at: createdAt.toISOString(),
    };
    const event = { organizationId, projectId: projectId ?? undefined, name: 'chat.created', data };
    await this.events.append(event, tx);
  }

  /** Messages came to a chat. */
  async messagesCreated(caller: Caller, chat: About, messages: number, tx: Tx): Promise<void> {
    const { details, ...entry } = auditOf(caller);
    const target = { type: 'chat', id: chat.id };
    const about = { projectId: chat.projectId ?? undefined, action: 'chat_message.created', target };
    await this.audit.append({ ...entry, ...about, counts: { messages }, details }, tx);
  }

  /** Somebody's chats as a whole leave as a file; resolved means it is on record. */
  async exportedAll(caller: Caller): Promise<void> {
    await this.audit.appendAlone({ ...auditOf(caller), action: 'chat.exported' });
  }
}

function entryOf(caller: Caller, chat: About, action: ChatAction, more: MoreNews) {
  const { details, ...entry } = auditOf(caller);
  return {
    ...entry,
    projectId: chat.projectId ?? undefined,
    action,
    target: { type: 'chat', id: chat.id },
    subjectUserId: more.subjectUserId,
    ...(more.counts && { counts: more.counts }),
    details: { ...details, ...more.details },
  };
}
