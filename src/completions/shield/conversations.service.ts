import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Requester } from '../../platform/http/request-context.js';
import { TokenStore } from '../../redaction/index.js';
import { ChatConversation } from './chat-conversation.js';
import { ChatScopes } from './chat-scopes.service.js';
import type { Conversation, TokensToStore } from './conversation.js';
import type { ChatOwner, StoredConversation } from './conversations.repository.js';
import { PassingConversation } from './passing-conversation.js';

interface ConversationOptions {
  readonly isRehearsal?: boolean;
  readonly stored?: StoredConversation | undefined;
}

/** What requests call a chat, and the tokens it shares from one to the next. */
@Injectable()
export class Conversations {
  constructor(
    private readonly scopes: ChatScopes,
    private readonly tokens: TokenStore.TokensService,
  ) {}

  /**
   * The chat of that name of one user in one project, or, without a name, one that lives no longer than the request. Asks
   * nothing of the database: what is returned does, when it must.
   * @param chatId 1 to 128 characters
   * @param options `isRehearsal`: nothing is stored. A chat that is there shows the tokens it has and would get; one that is
   *   not yet shows tokens of the same form. `stored`: the conversation of a chat that is kept, whatever its name
   */
  conversationOf(
    { principal: { organizationId, userId } }: Requester,
    projectId: string | undefined,
    chatId: string | undefined,
    { isRehearsal = false, stored }: ConversationOptions = {},
  ): Conversation {
    if (chatId === undefined) return new PassingConversation();
    const owner = { organizationId, userId, projectId };
    return new ChatConversation({ owner, chatId, isRehearsal, stored }, this.scopes, this.tokens);
  }

  /** The conversation of that name, made now if there is none; forgotten when nobody uses it, unless it is kept. */
  open(owner: ChatOwner, chatId: string): Promise<StoredConversation> {
    return this.scopes.open(owner, chatId);
  }

  /** Keeps a conversation until {@link forget}; false when it is gone. */
  keep(organizationId: string, id: string, tx: Tx): Promise<boolean> {
    return this.scopes.keep(organizationId, id, tx);
  }

  /** Deletes conversations with all their tokens. */
  forget(organizationId: string, ids: readonly string[], tx: Tx): Promise<void> {
    return this.scopes.forget(organizationId, ids, tx);
  }

  /** Stores what `shield()` has prepared, with the receipt of the request. */
  async store(prepared: TokensToStore, tx: Tx): Promise<void> {
    await this.tokens.store(prepared, tx);
  }
}
