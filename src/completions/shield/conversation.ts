import type { TokenIssuing, TokenRestoring, TokenValues } from '../../redaction/index.js';

export type TokensToStore = TokenIssuing.PreparedTokens;
export type Resolution = TokenRestoring.Resolution;
export type TokenValue = TokenValues.TokenValue;

/** The tokens of some values, and what is still to be stored of them. */
export interface ConversationTokens {
  of(value: TokenValue): string;
  readonly prepared: TokensToStore | undefined;
}

/** Whose tokens a request shares: those of a chat, or its own alone. */
export interface Conversation {
  /** `conv_…`; undefined as long as nothing of it is stored. */
  readonly id: string | undefined;
  /** What codes (in capitals) that were issued in it before stand for; no text where the value was erased. */
  issued(codes: readonly string[]): Promise<ReadonlyMap<string, Resolution>>;
  /** The tokens of values; the same value always gets the same one. Stores the conversation, but none of its tokens. */
  tokens(values: readonly TokenValue[]): Promise<ConversationTokens>;
}
