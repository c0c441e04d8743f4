import type { Requester } from '../../platform/http/request-context.js';
import type { TextSearching } from '../../redaction/index.js';
import type { JsonObject } from '../json.js';
import type { EffectivePolicy } from '../policies/shield-policy.js';
import type { Counts } from '../receipts/receipt.js';
import type { AnswerRestorer } from './answer-restorer.js';
import type { Conversation, TokensToStore } from './conversation.js';

/** What the vault knows, on its way; for one examination. */
export type SecretsAhead = ReturnType<TextSearching.TextSearches['secretsFor']>;

/** What is to be looked at before it leaves. */
export interface ExaminationInput {
  readonly caller: Requester;
  /** The request as the client sent it, its shape checked; it is not changed. */
  readonly body: JsonObject;
  readonly policy: EffectivePolicy;
  readonly target: { readonly isPrivate: boolean };
  /** What `lookAhead` has begun. */
  readonly ahead?: SecretsAhead | undefined;
  /** Whose tokens it may hold and will get; nothing is asked of the database, or stored, before it must be. */
  readonly conversation: Conversation;
  /** Asked for at the first pause; absent: never stopped. */
  readonly signal?: () => AbortSignal;
}

/** What a request holds, and what a policy makes of it. */
export interface Examination {
  /** Findings by type as clients see it; `LITERAL` is text that looks like a token and is none of the conversation's. */
  readonly counts: Counts;
  /** Findings by what becomes of them. */
  readonly actions: Counts;
  /** Types for which the policy refuses the request, in order of their names; none when it does not. */
  readonly blocked: readonly string[];
  /** Types for which it has to stay on private model servers; none where it goes to one. */
  readonly local: readonly string[];
  /** JSON pointers to images, audio and files, and to what asks for spoken answers. */
  readonly attachments: readonly string[];
  /** Top-level fields that OpenAI's contract does not know. */
  readonly unknownFields: readonly string[];
  /**
   * The request as it may leave.
   * @throws Error when it is blocked, or has to stay local and does not
   */
  shield(): Promise<ShieldedRequest>;
  /**
   * The request with the name of its type in the place of every finding: for requests whose answers name nobody. Not for one
   * that {@link shield} was asked for.
   * @throws Error when it is blocked, or has to stay local and does not
   */
  redact(): Promise<JsonObject>;
}

export interface ShieldedRequest {
  /** Fresh; shares nothing that changes with the client's body. */
  readonly body: JsonObject;
  /** Tokens new to a stored conversation, to be stored in the caller's transaction; undefined when there are none. */
  readonly prepared: TokensToStore | undefined;
  /** The stored conversation; undefined for one that lives no longer than the request. */
  readonly conversationId: string | undefined;
  /** What puts values back into one answer; one for each attempt. */
  restorer(): AnswerRestorer;
}
