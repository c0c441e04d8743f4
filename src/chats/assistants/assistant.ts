import type { LibraryFilter, LibraryItem } from '../library/library-item.js';

export const LONGEST_NAME = 200;
export const LONGEST_DESCRIPTION = 2_000;
/** Most texts to begin a conversation with, and the longest of them. */
export const MOST_STARTERS = 10;
export const LONGEST_STARTER = 300;

/** How answers are made, where a request does not say; under OpenAI's names. */
export interface AssistantParameters {
  readonly temperature?: number;
  readonly top_p?: number;
  readonly max_tokens?: number;
  readonly presence_penalty?: number;
  readonly frequency_penalty?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
}

/** What of an assistant lies sealed together. */
export interface AssistantTexts {
  readonly name: string;
  readonly description: string | null;
  /** The model it answers by. */
  readonly model: string;
  /** What the model is told before all else; empty for nothing. */
  readonly instructions: string;
  readonly parameters: AssistantParameters;
  readonly conversationStarters: readonly string[];
}

/** What it works with, by ids. */
export interface AssistantBindings {
  readonly knowledgeIds: readonly string[];
  /** Tools of this server that its model may have called. */
  readonly toolIds: readonly string[];
}

export const NOTHING_BOUND: AssistantBindings = { knowledgeIds: [], toolIds: [] };

/** An assistant as those may see it who may. */
export type SeenAssistant = LibraryItem & AssistantTexts & AssistantBindings;

/** What can be chosen of an assistant. */
export type AssistantChoice = AssistantTexts & AssistantBindings & Pick<LibraryItem, 'visibility'>;

/** A change of one: what is undefined stays. */
export type AssistantChange = { readonly [K in keyof AssistantChoice]?: AssistantChoice[K] | undefined };

export type AssistantFilter = Omit<LibraryFilter, 'nameLookup'> & { readonly name?: string | undefined };

/**
 * What tells an assistant as it is from all it ever was: a knowledge base or a tool that is deleted drops out of it without a
 * change of its own.
 */
export const tagOf = ({
  version,
  knowledgeIds,
  toolIds,
}: Pick<SeenAssistant, 'version' | keyof AssistantBindings>): string =>
  `${version}.${knowledgeIds.length}.${toolIds.length}`;
