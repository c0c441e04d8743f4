import { invalidField } from '../../platform/errors/app-error.js';
import type { Assistant } from '../assistant-models.js';
import type { JsonObject, JsonValue } from '../json.js';
import type { ChatRequest } from '../protocol/chat-request.js';
import { MOST_KNOWLEDGE } from '../protocol/sampling.js';

/** Parameters of which a request that gives one has settled the other too. */
const SETTLES: Readonly<Record<string, readonly string[]>> = { max_tokens: ['max_completion_tokens'] };

/**
 * A request to an assistant as its model is asked: with the instructions before all messages, with the assistant's parameters
 * where the request gives none, and with its knowledge beside the request's own.
 * @throws AppError VALIDATION_ERROR where together they draw from too many knowledge bases
 */
export function assistedRequest(asked: ChatRequest, assistant: Assistant): ChatRequest {
  const { body } = asked;
  const own = new Set(asked.knowledgeIds);
  const knowledgeIds = [...asked.knowledgeIds, ...assistant.knowledgeIds.filter((id) => !own.has(id))];
  if (knowledgeIds.length > MOST_KNOWLEDGE) throw tooMuch(assistant.knowledgeIds.length);
  return {
    ...asked,
    knowledgeIds,
    body: {
      ...body,
      ...defaultsFor(body, assistant.parameters),
      model: assistant.model,
      messages: [...instructionsOf(assistant), ...(Array.isArray(body.messages) ? body.messages : [])],
    },
  };
}

/** Whether an assistant puts a message before those of a request. */
export const instructs = ({ instructions }: Assistant): boolean => instructions !== '';

const instructionsOf = (assistant: Assistant): JsonValue[] =>
  instructs(assistant) ? [{ role: 'system', content: assistant.instructions }] : [];

function defaultsFor(body: JsonObject, parameters: JsonObject): JsonObject {
  const isGiven = (name: string): boolean => body[name] !== undefined && body[name] !== null;
  const isSettled = (name: string): boolean => isGiven(name) || (SETTLES[name] ?? []).some(isGiven);
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !isSettled(name)));
}

const tooMuch = (ofAssistant: number) =>
  invalidField(
    'knowledge_ids',
    'maxItems',
    `'knowledge_ids' may have at most ${MOST_KNOWLEDGE} with the ${ofAssistant} of the assistant.`,
  );
