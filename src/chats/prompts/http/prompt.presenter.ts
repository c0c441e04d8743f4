import type { Prompt } from '../prompt.js';
import type { PromptVariable } from '../template/prompt-variable.js';
import type { NewPromptVariableDto, PromptDto } from './prompt.dto.js';

export const presentPrompt = (prompt: Prompt): PromptDto => ({
  id: prompt.id,
  command: prompt.command,
  title: prompt.title,
  content: prompt.content,
  variables: prompt.variables.map(({ options, ...variable }) => ({ ...variable, options: [...options] })),
  visibility: prompt.visibility,
  owner_id: prompt.userId,
  organization_id: prompt.organizationId,
  version: prompt.version,
  created_at: prompt.createdAt.toISOString(),
  updated_at: prompt.updatedAt.toISOString(),
});

/** What a client leaves out of a variable is none. */
export const variableOf = (given: NewPromptVariableDto): PromptVariable => ({
  name: given.name,
  type: given.type,
  label: given.label ?? null,
  required: given.required,
  default: given.default ?? null,
  options: given.options ?? [],
  min: given.min ?? null,
  max: given.max ?? null,
});
