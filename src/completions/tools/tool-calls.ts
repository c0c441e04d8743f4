import type { ToolRunRecord } from '../receipts/tool-round.js';
import type { ToolCall } from './called-tools.js';
import type { ToolOutcome } from './server-tools.js';
import { MOST_CALLS } from './tool-budget.js';

/** A call and what came of it. */
export interface AnsweredCall {
  readonly call: ToolCall;
  readonly text: string;
  readonly run: ToolRunRecord;
}

const NOT_RUN: ToolOutcome = {
  status: 'not_run',
  text: `Not called: a completion may call tools ${MOST_CALLS} times, and this would be more. Answer with what there is.`,
  bytes: 0,
};

/** Calls them all at once. @throws what the signal was aborted with */
export function runCalls(calls: readonly ToolCall[], signal: AbortSignal): Promise<AnsweredCall[]> {
  return Promise.all(
    calls.map(async (call) => {
      const startedAt = performance.now();
      const outcome = await call.called.run(call.given, signal);
      return answered(call, outcome, Math.round(performance.now() - startedAt));
    }),
  );
}

/** Calls none of them. */
export const leaveCalls = (calls: readonly ToolCall[]): AnsweredCall[] =>
  calls.map((call) => answered(call, NOT_RUN, 0));

function answered(call: ToolCall, { status, text, bytes }: ToolOutcome, durationMs: number): AnsweredCall {
  const { toolId, name } = call.called;
  return { call, text, run: { toolId, function: name, status, durationMs, bytes } };
}
