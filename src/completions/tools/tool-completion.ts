import type { Caller } from '../../platform/http/request-context.js';
import type { AnswerTarget } from '../gateway/answer-target.js';
import type { CompletionPlan } from '../gateway/completion-plan.js';
import type { CompletionRun } from '../gateway/completion-run.js';
import type { ShieldedRequest } from '../shield/examination.js';
import type { OfferedTools } from './offered-tools.js';

/** A request as it leaves, and what it is to be answered with. */
export interface RoundRequest {
  readonly plan: CompletionPlan;
  readonly shielded: ShieldedRequest;
  readonly bytes: Buffer;
}

/** One completion that may call tools. */
export interface ToolCompletion extends RoundRequest {
  readonly caller: Caller;
  readonly offered: OfferedTools;
  readonly run: CompletionRun;
  readonly target: AnswerTarget;
}
