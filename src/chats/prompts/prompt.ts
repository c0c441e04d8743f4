import type { LibraryFilter, LibraryItem } from '../library/library-item.js';
import type { PromptVariable } from './template/prompt-variable.js';

/** What people type to find a prompt. */
export const COMMAND = '^/[A-Za-z0-9][A-Za-z0-9_-]{0,62}$';

/** What of a prompt lies sealed together. */
export interface PromptTexts {
  /** `/summarize` */
  readonly command: string;
  readonly title: string;
  /** A template: `{{name}}` are places for values. */
  readonly content: string;
  readonly variables: readonly PromptVariable[];
}

/** A prompt as those may see it who may. */
export type Prompt = LibraryItem & PromptTexts;

/** What can be chosen of a prompt. */
export type PromptChoice = PromptTexts & Pick<LibraryItem, 'visibility'>;

/** A change of one: what is undefined stays. */
export type PromptChange = { readonly [K in keyof PromptChoice]?: PromptChoice[K] | undefined };

export type PromptFilter = Omit<LibraryFilter, 'nameLookup'> & { readonly command?: string | undefined };
