import type { AssistantChange, AssistantParameters, SeenAssistant } from '../assistant.js';
import type { AssistantDto, AssistantParametersDto, UpdateAssistantDto } from './assistant.dto.js';

export const presentAssistant = (assistant: SeenAssistant): AssistantDto => ({
  id: assistant.id,
  name: assistant.name,
  description: assistant.description,
  model: assistant.model,
  instructions: assistant.instructions,
  parameters: parametersDtoOf(assistant.parameters),
  knowledge_ids: [...assistant.knowledgeIds],
  tool_ids: [...assistant.toolIds],
  conversation_starters: [...assistant.conversationStarters],
  visibility: assistant.visibility,
  owner_id: assistant.userId,
  organization_id: assistant.organizationId,
  version: assistant.version,
  created_at: assistant.createdAt.toISOString(),
  updated_at: assistant.updatedAt.toISOString(),
});

const parametersDtoOf = ({ stop, ...numbers }: AssistantParameters): AssistantParametersDto => ({
  ...numbers,
  ...(stop && { stop: [...stop] }),
});

/** What a body says of an assistant, under the names of the core's own. */
export const changeOf = (body: UpdateAssistantDto): AssistantChange => ({
  name: body.name,
  description: body.description,
  model: body.model,
  instructions: body.instructions,
  parameters: body.parameters && givenOf(body.parameters),
  knowledgeIds: body.knowledge_ids && [...new Set(body.knowledge_ids)],
  toolIds: body.tool_ids && [...new Set(body.tool_ids)],
  conversationStarters: body.conversation_starters,
  visibility: body.visibility,
});

/** Without what was left out. */
const givenOf = (parameters: AssistantParametersDto): AssistantParameters =>
  Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
