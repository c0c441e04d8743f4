import type { AppError } from '../../platform/errors/app-error.js';
import type { Assistant } from '../assistant-models.js';
import type { BuiltInModel } from '../built-in-model.js';
import type { Sources } from '../grounding/grounding.service.js';
import type { JsonObject } from '../json.js';
import type { ModelRoute } from '../models/model-route.js';
import type { EffectivePolicy } from '../policies/shield-policy.js';
import type { ChatRequest } from '../protocol/chat-request.js';
import type { Conversation } from '../shield/conversation.js';
import type { Examination } from '../shield/examination.js';
import type { OfferedTools } from '../tools/offered-tools.js';

/** Where a request goes, what was found in it, and whether it may go there. */
export interface CompletionPlan {
  readonly request: ChatRequest;
  /** Whom the request names in place of a model. */
  readonly assistant: Assistant | undefined;
  readonly projectId: string | undefined;
  /** What was put into the request for the answer to draw from. */
  readonly sources: Sources;
  /** Tools of this server that the model may call; undefined where the request names none. */
  readonly offered: OfferedTools | undefined;
  readonly policy: EffectivePolicy;
  /** Whose tokens the request has. */
  readonly conversation: Conversation;
  readonly route: ModelRoute;
  /** A model of this server that answers; nothing then leaves the house, and nothing is searched. */
  readonly builtIn: BuiltInModel | undefined;
  readonly isPrivate: boolean;
  readonly isShielded: boolean;
  readonly examination: Examination | undefined;
  /** Why it may not. */
  readonly refusal: AppError | undefined;
}

/** The model that an answer is said to be of: the assistant that was asked, else the one that answers. */
export const shownModelOf = ({ assistant, route }: Pick<CompletionPlan, 'assistant' | 'route'>): string =>
  assistant?.id ?? route.model;

/**
 * The bytes that leave for a shielded body: under the name by which the model server knows the model, and with the usage
 * asked for, which the receipt holds whether the client wants it or not.
 */
export function bytesOf(body: JsonObject, { route, request }: CompletionPlan): Buffer {
  const { stream_options: given } = body;
  const options = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  return Buffer.from(
    JSON.stringify({
      ...body,
      model: route.model,
      ...(request.isStreamed && { stream_options: { ...options, include_usage: true } }),
    }),
  );
}
