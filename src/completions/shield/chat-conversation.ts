import { TokenIssuing, type TokenStore } from '../../redaction/index.js';
import type { ChatScopes } from './chat-scopes.service.js';
import type { Conversation, ConversationTokens, Resolution, TokenValue } from './conversation.js';
import type { ChatOwner, StoredConversation } from './conversations.repository.js';
import { PassingConversation } from './passing-conversation.js';

/** What one request of a chat is done with. */
export interface ChatRequest {
  readonly owner: ChatOwner;
  readonly chatId: string;
  /** Nothing is to be stored. */
  readonly isRehearsal: boolean;
  /** The conversation, where it is known. */
  readonly stored?: StoredConversation | undefined;
}

/** The tokens of a chat, as one request of it needs them: read and made when they are asked for. */
export class ChatConversation implements Conversation {
  private stored: StoredConversation | undefined;

  constructor(
    private readonly request: ChatRequest,
    private readonly scopes: ChatScopes,
    private readonly store: TokenStore.TokensService,
  ) {
    this.stored = request.stored;
  }

  get id(): string | undefined {
    return this.stored?.id;
  }

  async issued(codes: readonly string[]): Promise<ReadonlyMap<string, Resolution>> {
    const { owner, chatId, isRehearsal } = this.request;
    this.stored ??= await this.scopes.find(owner, chatId, !isRehearsal);
    return this.stored ? this.store.resolutions(this.scopeOf(this.stored), codes) : new Map();
  }

  async tokens(values: readonly TokenValue[]): Promise<ConversationTokens> {
    const { owner, chatId, isRehearsal } = this.request;
    this.stored ??= isRehearsal
      ? await this.scopes.find(owner, chatId, false)
      : await this.scopes.open(owner, chatId);
    if (!this.stored) return new PassingConversation().tokens(values);
    const prepared = await this.store.prepare(this.scopeOf(this.stored), values, {});
    const planned = TokenIssuing.plannedTokens(prepared);
    const isNews = prepared.fresh.length > 0 && !isRehearsal;
    return { of: (value) => planned.of(value), prepared: isNews ? prepared : undefined };
  }

  private scopeOf({ scopeId }: StoredConversation) {
    return { organizationId: this.request.owner.organizationId, scopeId };
  }
}
