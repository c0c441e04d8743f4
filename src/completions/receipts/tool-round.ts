import type { Counts } from './receipt.js';

/**
 * `completed`: answered well; `failed`: by an error, or not; `timeout`: not in time; `invalid_arguments`: not asked, the
 * arguments are wrong; `refused`: not asked, requests may not go there or its secrets cannot be read; `not_run`: not asked, the
 * completion had used up its calls, or there is no such function.
 */
export const TOOL_RUN_STATUSES = [
  'completed',
  'failed',
  'timeout',
  'invalid_arguments',
  'refused',
  'not_run',
] as const;
export type ToolRunStatus = (typeof TOOL_RUN_STATUSES)[number];

/** A call of a tool: nothing of what it was asked, or answered. */
export interface ToolRunRecord {
  /** Null where the model called a function that there is not. */
  readonly toolId: string | null;
  readonly function: string;
  readonly status: ToolRunStatus;
  readonly durationMs: number;
  readonly bytes: number;
}

/** Calls that a model asked for at once, and the request by which it was told what came of them. */
export interface ToolRound {
  readonly runs: readonly ToolRunRecord[];
  /** Hexadecimal SHA-256 of the bytes that left, and how many; null where none did, since something went wrong. */
  readonly request: { readonly sha256: string; readonly bytes: number } | null;
  /** Findings in that request, by type. */
  readonly findings: Counts;
}
