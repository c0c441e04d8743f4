import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isObject, type JsonObject, ShieldConversations, TranscriptHiding } from '../../completions/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Requester } from '../../platform/http/request-context.js';
import type { ChatRow } from '../chat.js';
import { ChatSealer } from '../chat-sealer.service.js';
import { asSearched, withSearched } from './cited-texts.js';
import {
  asProtocol,
  type MessageBody,
  type MessageContent,
  type MessageHead,
  type MessageRow,
} from './message.js';

/** A chat as far as its texts depend on it. */
export type DraftPlace = Pick<ChatRow, 'organizationId' | 'id' | 'projectId' | 'conversationId' | 'scopeId'>;

/** A message to be stored; its position comes with the transaction. */
export type MessageDraft = Omit<MessageHead, 'position'> & MessageBody;

/** Texts of a chat made ready for the transaction that stores them. */
export interface SealedDrafts {
  /** With tokens; still to be sealed, since its version may change. Undefined when none was given. */
  readonly title: string | undefined;
  readonly rows: readonly Omit<MessageRow, 'position'>[];
  /** Stores the tokens that are new. */
  readonly storeTokens: (tx: Tx) => Promise<void>;
}

/** Makes texts ready to be kept: searched, with tokens in place of people, and sealed. All that is slow about it. */
@Injectable()
export class MessageDrafts {
  constructor(
    private readonly transcripts: TranscriptHiding.Transcripts,
    private readonly conversations: ShieldConversations.Conversations,
    private readonly sealer: ChatSealer,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError as the shield does: what cannot be searched is not kept */
  async prepare(
    caller: Requester,
    place: DraftPlace,
    { title, messages }: { readonly title?: string | undefined; readonly messages: readonly MessageDraft[] },
    signal?: () => AbortSignal,
  ): Promise<SealedDrafts> {
    const cited = messages.map(({ citations }) => asSearched(citations));
    const hidden = await this.transcripts.hide(caller, {
      projectId: place.projectId ?? undefined,
      conversation: { id: place.conversationId, scopeId: place.scopeId },
      messages: [
        ...messages.map(asProtocol),
        ...(title === undefined ? [] : [{ role: 'user', content: title }]),
        ...cited.filter(isObject),
      ],
      ...(signal && { signal }),
    });
    const { prepared } = hidden;
    const rows: Omit<MessageRow, 'position'>[] = [];
    let next = messages.length + (title === undefined ? 0 : 1);
    for (const [at, draft] of messages.entries()) {
      const searched = cited[at] && hidden.messages[next++];
      rows.push(await this.sealed(place, draft, hidden.messages[at], searched));
    }
    return {
      title: title === undefined ? undefined : String(hidden.messages[messages.length]?.content ?? ''),
      rows,
      storeTokens: async (tx) => {
        if (prepared) await this.conversations.store(prepared, tx);
      },
    };
  }

  private async sealed(
    { organizationId }: DraftPlace,
    draft: MessageDraft,
    hidden: JsonObject | undefined,
    searched: JsonObject | undefined,
  ): Promise<Omit<MessageRow, 'position'>> {
    if (!isObject(hidden)) throw new Error('a message is gone');
    const { content: _, toolCalls: __, toolCallId, model, citations, ...head } = draft;
    const { content = null, tool_calls: toolCalls } = hidden;
    const body: MessageBody = {
      content: content as MessageContent,
      ...(Array.isArray(toolCalls) && { toolCalls }),
      ...(toolCallId !== undefined && { toolCallId }),
      ...(model !== undefined && { model }),
      ...(citations && { citations: withSearched(citations, searched) }),
    };
    const bodySealed = await this.sealer.sealBody(organizationId, draft, body, this.dataSource.manager);
    return { ...head, bodySealed };
  }
}
