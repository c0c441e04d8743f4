import type { JsonObject } from './json.js';
import type { Usage } from './receipts/receipt.js';

/** What a model can do, as `GET models` shows it. */
export interface Capabilities {
  /** Whether it writes text of its own. */
  readonly generative: boolean;
  readonly streaming: boolean;
  readonly tools: boolean;
  readonly json: boolean;
  readonly vision: boolean;
  /** Whether all it says stands word for word in what it was given. */
  readonly grounded: boolean;
}

/** A piece of what was given, which an answer quotes. Offsets are code points of the message's text, end exclusive. */
export interface Citation {
  /** Index in `messages`, from 0; of a message of several parts, the part's index too. */
  readonly message: number;
  readonly part?: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** 0 to 1, relative to the best. */
  readonly score: number;
}

export interface BuiltInAnswer {
  /** The answer in the pieces in which a stream hands it on; together they are the whole. */
  readonly pieces: readonly string[];
  readonly citations: readonly Citation[];
  readonly finishReason: 'stop' | 'length';
  readonly usage: Usage;
}

/**
 * A model of this server: nothing leaves the house for it. Whoever has one makes it a provider of a module; models are found
 * by this class.
 */
export abstract class BuiltInModel {
  /** What clients call it: letters, digits and `._-`. No slash, by which models of a model server are named. */
  abstract readonly id: string;
  abstract readonly description: string;
  abstract readonly capabilities: Capabilities;

  /** Whether it can do what a request asks. @throws AppError MODEL_CANNOT, with the field that asks too much */
  abstract check(body: JsonObject): void;

  /**
   * @param body the request, its shape checked
   * @throws AppError as {@link check} does
   */
  abstract answer(body: JsonObject, signal: () => AbortSignal): Promise<BuiltInAnswer>;
}
