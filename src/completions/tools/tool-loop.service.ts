import { Injectable } from '@nestjs/common';
import { sha256 } from '../../platform/digest/sha256.js';
import { platformError } from '../../platform/errors/app-error.js';
import { completionsError } from '../completions.errors.js';
import { bytesOf } from '../gateway/completion-plan.js';
import { CompletionPlanner } from '../gateway/completion-planner.service.js';
import { isObject, type JsonObject } from '../json.js';
import { Receipts } from '../receipts/receipts.service.js';
import type { ToolRound } from '../receipts/tool-round.js';
import { Conversations } from '../shield/conversations.service.js';
import { UpstreamClient } from '../upstreams/upstream-client.service.js';
import { AnswerRounds } from './answer-rounds.js';
import { type CalledTools, restoredText, type ToolCall } from './called-tools.js';
import { ToolArguments } from './tool-arguments.service.js';
import { ToolBudget } from './tool-budget.js';
import { type AnsweredCall, leaveCalls, runCalls } from './tool-calls.js';
import type { RoundRequest, ToolCompletion } from './tool-completion.js';

/** Asks a model, calls the tools of this server that it wants called, and asks again with what they answered, until it answers. */
@Injectable()
export class ToolLoop {
  constructor(
    private readonly planner: CompletionPlanner,
    private readonly receipts: Receipts,
    private readonly conversations: Conversations,
    private readonly client: UpstreamClient,
    private readonly given: ToolArguments,
  ) {}

  /**
   * @param first the request that is written down already
   * @returns what ends the answer that was handed on
   * @throws AppError as completions do, TOOL_CALLS_EXHAUSTED; also what the shield has to say of a tool's answer: nothing of
   *   it leaves then
   */
  async send(first: ToolCompletion): Promise<() => void> {
    const { run, target, offered } = first;
    const answers = new AnswerRounds(first);
    const budget = new ToolBudget();
    const rounds: ToolRound[] = [];
    let request: RoundRequest = first;
    for (;;) {
      const answer = await this.client.send({
        candidates: request.plan.route.candidates,
        ...{ body: request.bytes, stream: request.plan.request.isStreamed },
        ...{ signal: target.gone, requestId: run.receiptId },
      });
      run.answeredBy(answer);
      const called = await answers.take(answer, request.shielded, offered);
      if (!called) return answers.finish();
      if (budget.isSpent) throw completionsError('TOOL_CALLS_EXHAUSTED');
      const fits = budget.take(called.calls.length);
      const answered = fits ? await this.run(first, request, called) : leaveCalls(called.calls);
      request = await this.next(first, request, called, answered, rounds, budget.isSpent);
    }
  }

  private async run(
    { caller, target: { gone } }: ToolCompletion,
    { plan }: RoundRequest,
    { calls }: CalledTools,
  ): Promise<AnsweredCall[]> {
    const fit: ToolCall[] = [];
    for (const call of calls) fit.push(await this.given.fit(caller, plan, call, gone));
    return runCalls(fit, gone);
  }

  /** The next request, written down. */
  private async next(
    { caller, run, target }: ToolCompletion,
    { plan, shielded }: RoundRequest,
    called: CalledTools,
    answered: readonly AnsweredCall[],
    rounds: ToolRound[],
    isLast: boolean,
  ): Promise<RoundRequest> {
    const { organizationId } = caller.principal;
    const runs = answered.map((one) => one.run);
    const restorer = shielded.restorer();
    try {
      const texts = answered.map(({ call, text }) => ({ call, text: restoredText(text, restorer) }));
      const body = continuedBody(plan.request.body, called, texts, isLast);
      const next = await this.planner.continued(caller, plan, body, () => target.gone);
      if (next.refusal) throw next.refusal;
      const request = await next.examination?.shield();
      if (!request) throw platformError('INTERNAL_ERROR');
      const bytes = bytesOf(request.body, next);
      const sent = { sha256: sha256(bytes).toString('hex'), bytes: bytes.length };
      rounds.push({ runs, request: sent, findings: next.examination?.counts ?? {} });
      const { prepared } = request;
      const within =
        prepared && ((tx: Parameters<Conversations['store']>[1]) => this.conversations.store(prepared, tx));
      await this.receipts.noteToolRounds(run.receiptId, organizationId, rounds, within);
      return { plan: next, shielded: request, bytes };
    } catch (error) {
      const told = rounds.filter((round) => round.runs !== runs);
      const note = this.receipts.noteToolRounds(run.receiptId, organizationId, [
        ...told,
        { runs, request: null, findings: {} },
      ]);
      await note.catch(() => undefined);
      throw error;
    }
  }
}

/** The conversation with what the tools answered. What had to be called was called: from now on the model chooses. */
function continuedBody(
  body: JsonObject,
  { message }: CalledTools,
  answered: readonly { readonly call: { readonly id: string }; readonly text: string }[],
  isLast: boolean,
): JsonObject {
  const said = answered.map(({ call, text }) => ({ role: 'tool', tool_call_id: call.id, content: text }));
  const { tool_choice: choice } = body;
  const isForced = choice === 'required' || isObject(choice);
  return {
    ...body,
    messages: [...(Array.isArray(body.messages) ? body.messages : []), message, ...said],
    ...(isLast ? { tool_choice: 'none' } : isForced && { tool_choice: 'auto' }),
  };
}
