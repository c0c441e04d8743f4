import type { Caller } from '../../platform/http/request-context.js';
import type { JsonObject } from '../json.js';
import type { ToolRunStatus } from '../receipts/tool-round.js';

/** What came of a call. */
export interface ToolOutcome {
  readonly status: ToolRunStatus;
  /** What the model is told, in words where there is no answer. */
  readonly text: string;
  /** Of the answer that came, as far as it was read. */
  readonly bytes: number;
}

/** A function that this server calls for models. */
export interface ServerFunction {
  /** Null for a function of none. */
  readonly toolId: string | null;
  readonly name: string;
  /** As OpenAI's `tools` have it. */
  readonly definition: JsonObject;
  /** Whether it gets arguments as the model wrote them, or with values in place of tokens. */
  readonly receives: 'tokens' | 'values';
  /**
   * Calls it. Whatever goes wrong is an outcome.
   * @param given the arguments as the text of a JSON object
   * @throws what the signal was aborted with, and what is wrong on this side
   */
  run(given: string, signal: AbortSignal): Promise<ToolOutcome>;
}

/**
 * The tools that an organization's people have registered. Whoever keeps them makes one a provider of a module; completions
 * find it by this class.
 */
export abstract class ServerTools {
  /**
   * The functions of tools.
   * @throws AppError PERMISSION_DENIED; NOT_FOUND naming the place in `tool_ids` of one that is missing or foreign
   */
  abstract open(caller: Caller, ids: readonly string[]): Promise<readonly ServerFunction[]>;
}
