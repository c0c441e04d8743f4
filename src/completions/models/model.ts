import type { Capabilities } from '../built-in-model.js';

/** What is known of what a model can do; null where its server has not said. */
export interface KnownCapabilities extends Omit<Capabilities, 'tools' | 'json' | 'vision'> {
  readonly tools: boolean | null;
  readonly json: boolean | null;
  readonly vision: boolean | null;
}

/** A model as clients see it, under the contract's names. */
export interface Model {
  readonly id: string;
  readonly object: 'model';
  /** Unix seconds. */
  readonly created: number;
  readonly owned_by: string;
  /** Whether anybody who has it answers. */
  readonly status: 'available' | 'unavailable';
  readonly description?: string;
  readonly capabilities: KnownCapabilities;
  /** Whether what it is sent stays in the house, wherever it is asked. */
  readonly private: boolean;
  /** Said of assistants: a model with instructions of its own, what it is called, and the model it answers by. */
  readonly type?: 'assistant';
  readonly name?: string;
  readonly base_model?: string;
  /** What an alias stands for. */
  readonly alias_of?: string;
  /** Names of the model servers that have it; for administrators of the instance alone. */
  readonly upstreams?: string[];
}

/** Lists of models do not say what each can do: that it writes and streams is what they are lists of. */
export const UNTOLD: KnownCapabilities = {
  generative: true,
  streaming: true,
  tools: null,
  json: null,
  vision: null,
  grounded: false,
};
