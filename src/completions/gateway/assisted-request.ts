import { invalidField } from '../../platform/errors/app-error.js';
import type { Assistant } from '../assistant-models.js';
import type { JsonObject, JsonValue } from '../json.js';
import type { ChatRequest } from '../protocol/chat-request.js';
import { MOST_KNOWLEDGE, MOST_SERVER_TOOLS } from '../protocol/sampling.js';

/** Parameters of which a request that gives one has settled the other too. */
const SETTLES: Readonly<Record<string, readonly string[]>> = { max_tokens: ['max_completion_tokens'] };

/**
 * A request to an assistant as its model is asked: with the instructions before all messages, with the assistant's parameters
 * where the request gives none, and with its knowledge and tools beside the request's own.
 * @throws AppError VALIDATION_ERROR where together they name too many
 */
export function assistedRequest(asked: ChatRequest, assistant: Assistant): ChatRequest {
  const { body } = asked;
  const knowledgeIds = union(asked.knowledgeIds, assistant.knowledgeIds);
  if (knowledgeIds.length > MOST_KNOWLEDGE)
    throw tooMany('knowledge_ids', MOST_KNOWLEDGE, assistant.knowledgeIds);
  const toolIds = union(asked.toolIds, assistant.toolIds);
  if (toolIds.length > MOST_SERVER_TOOLS) throw tooMany('tool_ids', MOST_SERVER_TOOLS, assistant.toolIds);
  return {
    ...asked,
    knowledgeIds,
    toolIds,
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

const union = (own: readonly string[], further: readonly string[]): string[] => [
  ...new Set([...own, ...further]),
];

const tooMany = (field: string, most: number, ofAssistant: readonly string[]) =>
  invalidField(
    field,
    'maxItems',
    `'${field}' may have at most ${most} with the ${ofAssistant.length} of the assistant.`,
  );
