import type { Tx } from '../platform/database/unit-of-work.js';
import type { Caller } from '../platform/http/request-context.js';
import type { JsonObject, JsonValue } from './json.js';
import type { ChatRequest } from './protocol/chat-request.js';

/** An answer as a chat keeps it: the first choice, as it was handed on to the client. */
export interface AnswerToKeep {
  readonly content: string | null;
  /** As OpenAI's `tool_calls`; none when empty. */
  readonly toolCalls: readonly JsonValue[];
  /** The passages it draws from, as the answer shows them; none when empty. */
  readonly citations: readonly JsonObject[];
  /** The model that answered. */
  readonly model: string;
  readonly receiptId: string;
  /** False when the answer broke off, or the client left. */
  readonly isComplete: boolean;
}

/** What one completion adds to a chat that is stored. */
export interface ChatTurn {
  /** The project whose policy holds where a request names none. */
  readonly projectId: string | undefined;
  /** Whose tokens the chat has. */
  readonly conversation: { readonly id: string; readonly scopeId: string };
  /**
   * Does what is slow about keeping the turn, and returns what stores it in the transaction that closes the completion.
   * @throws AppError when the chat cannot take it any more
   */
  keep(answer: AnswerToKeep): Promise<(tx: Tx) => Promise<void>>;
}

/**
 * The chats that are stored. Whoever keeps them makes one a provider of a module; completions find it by this class, and know
 * nothing else of chats.
 */
export abstract class ChatTurns {
  /**
   * The turn that a request adds to the chat that its `metadata.chat_id` names. Stores nothing.
   * @throws AppError NOT_FOUND for a chat that is missing or another's, CHAT_ARCHIVED
   */
  abstract begin(caller: Caller, chatId: string, request: ChatRequest): Promise<ChatTurn>;
}
