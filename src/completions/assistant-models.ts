import { isId } from '../platform/http/ids.js';
import type { Principal } from '../platform/http/principal.js';
import type { JsonObject } from './json.js';

/** An assistant as a list of models shows it. */
export interface AssistantCard {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** The model that answers; never another assistant. */
  readonly model: string;
  readonly createdAt: Date;
}

/** A model with instructions, parameters, knowledge and tools of its own, which requests name in place of a model. */
export interface Assistant extends AssistantCard {
  /** What the model is told before all else; empty for nothing. */
  readonly instructions: string;
  /** OpenAI's parameters, for requests that do not give them. */
  readonly parameters: JsonObject;
  /** Knowledge bases that its answers draw from. */
  readonly knowledgeIds: readonly string[];
  /** Tools of this server that its model may have called. */
  readonly toolIds: readonly string[];
}

/**
 * The assistants that there are. Whoever keeps them makes one a provider of a module; completions find it by this class, and
 * know nothing else of them.
 */
export abstract class AssistantModels {
  /** Undefined for one that is missing, or that they do not see. */
  abstract find(principal: Principal, id: string): Promise<Assistant | undefined>;

  /** Those that somebody sees, the newest first, as many as a list of models holds. */
  abstract list(principal: Principal): Promise<AssistantCard[]>;
}

/** Whether a name of a model is an assistant's id. Told by its form, so that other names cost no query. */
export const isAssistantId = (model: string): boolean => isId('asst', model);
