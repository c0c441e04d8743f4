import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { sha256 } from '../../platform/digest/sha256.js';
import { type AppError, platformError } from '../../platform/errors/app-error.js';
import { toAppError } from '../../platform/errors/to-app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { completions } from '../../platform/telemetry/metrics.js';
import type { BuiltInModel } from '../built-in-model.js';
import type { ChatTurn } from '../chat-turns.js';
import { CitedStream, citationsIn, placed, withCitations } from '../grounding/cited-answer.js';
import type { ChatRequest } from '../protocol/chat-request.js';
import type { ReceiptOpening } from '../receipts/receipt.js';
import { Receipts } from '../receipts/receipts.service.js';
import { Conversations } from '../shield/conversations.service.js';
import type { ShieldedRequest } from '../shield/examination.js';
import { ToolLoop } from '../tools/tool-loop.service.js';
import { releaseAnswer } from '../upstreams/release-answer.js';
import { attemptsOf, type UpstreamAnswer, UpstreamClient } from '../upstreams/upstream-client.service.js';
import type { AnswerTarget } from './answer-target.js';
import { chunksOf, completionOf } from './built-in-answer.js';
import type { LookedUp } from './completion-look-ups.service.js';
import { bytesOf, type CompletionPlan, shownModelOf } from './completion-plan.js';
import { CompletionPlanner } from './completion-planner.service.js';
import { CompletionRun } from './completion-run.js';
import { SaidAnswer } from './said-answer.js';
import { eventOf, StreamRelay } from './stream-relay.js';
import { readWholeAnswer } from './whole-answer.js';

interface Planned extends CompletionPlan {
  readonly turn: ChatTurn | undefined;
}

/** Completions: planned, written down, sent, and handed on as they come back. */
@Injectable()
export class CompletionsService {
  constructor(
    private readonly planner: CompletionPlanner,
    private readonly receipts: Receipts,
    private readonly conversations: Conversations,
    private readonly client: UpstreamClient,
    private readonly tools: ToolLoop,
  ) {}

  /**
   * Answers a request. Nothing leaves before its receipt is there, and no stream ends well before its end is written down.
   * @throws AppError as long as nothing has been handed on: VALIDATION_ERROR, MODEL_NOT_FOUND, MODEL_CANNOT, BLOCKED_BY_POLICY,
   *   KEPT_LOCAL, ATTACHMENT_REFUSED, TOOL_CALLS_EXHAUSTED, and those of model servers (`UPSTREAM_…`)
   */
  async complete(
    caller: Caller,
    request: ChatRequest,
    projectId: string | undefined,
    target: AnswerTarget,
    {
      turn,
      lookedUp,
    }: { readonly turn?: ChatTurn | undefined; readonly lookedUp?: LookedUp | undefined } = {},
  ): Promise<void> {
    const options = { isRehearsal: false, signal: () => target.gone, turn, lookedUp };
    const plan = { ...(await this.planner.plan(caller, request, projectId, options)), turn };
    const run = new CompletionRun();
    if (turn) run.said = new SaidAnswer();
    if (plan.refusal) {
      await this.receipts.open(openingOf(run, plan, { status: 'blocked' }), caller);
      completions.inc({ status: 'blocked' });
      throw plan.refusal;
    }
    if (plan.builtIn) return this.answerHere(caller, plan, plan.builtIn, run, target);
    const shielded = await plan.examination?.shield();
    if (!shielded) throw platformError('INTERNAL_ERROR');
    const body = bytesOf(shielded.body, plan);
    const opening = openingOf(run, plan, {
      status: 'sent',
      conversationId: shielded.conversationId,
      sent: { sha256: sha256(body), bytes: body.length },
    });
    const { prepared } = shielded;
    await this.receipts.open(opening, caller, prepared && ((tx) => this.conversations.store(prepared, tx)));
    const { offered } = plan;
    await this.settled(caller, plan, run, target, () =>
      offered
        ? this.tools.send({ caller, plan, offered, run, bytes: body, shielded, target })
        : this.send(plan, run, body, shielded, target),
    );
  }

  private async answerHere(
    caller: Caller,
    plan: Planned,
    model: BuiltInModel,
    run: CompletionRun,
    target: AnswerTarget,
  ): Promise<void> {
    const { request } = plan;
    const given = await model.answer(request.body, () => target.gone);
    const answer = { ...given, citations: given.citations.map((citation) => placed(citation, plan)) };
    await this.receipts.open(openingOf(run, plan, { status: 'sent' }), caller);
    await this.settled(caller, plan, run, target, async () => {
      run.begins();
      if (!request.isStreamed) {
        const whole = completionOf(shownModelOf(plan), answer);
        run.said?.add(whole);
        run.said?.cite(answer.citations);
        run.outcome.note(whole);
        run.outcome.passed(JSON.stringify(whole));
        return () => target.whole(whole, run.receiptId);
      }
      target.begin(run.receiptId);
      const chunks = chunksOf(shownModelOf(plan), answer, request.wantsUsage);
      run.outcome.usage = answer.usage;
      run.said?.cite(answer.citations);
      for (const chunk of chunks) {
        run.outcome.note(chunk);
        run.said?.add(chunk);
        const text = eventOf(chunk);
        run.outcome.passed(text);
        await target.write(text);
      }
      return () => target.end(run.receiptId);
    });
  }

  /** Does the work, writes down how it ended, and only then lets the client see that it ended well. */
  private async settled(
    caller: Caller,
    plan: Planned,
    run: CompletionRun,
    target: AnswerTarget,
    work: () => Promise<() => void>,
  ): Promise<void> {
    const close = async (status: 'completed' | 'failed' | 'cancelled', code?: string): Promise<void> => {
      const news = {
        completionId: run.outcome.completionId ?? run.receiptId,
        model: plan.route.model,
        projectId: plan.projectId,
      };
      const { organizationId } = caller.principal;
      const kept = await turnKept(plan, run, status === 'completed');
      await this.receipts.close(run.receiptId, organizationId, run.end(status, code), news, kept);
      completions.inc({ status });
    };
    let finish: () => void;
    try {
      finish = await work();
    } catch (thrown) {
      const error = toAppError(thrown);
      run.attempts = Math.max(run.attempts, attemptsOf(thrown));
      // A receipt that cannot be completed stays `sent`; the client learns what became of the answer all the same.
      const closing = target.gone.aborted ? close('cancelled') : close('failed', error.code);
      await closing.catch(() => undefined);
      return this.fail(target, error);
    }
    try {
      await close('completed');
    } catch (thrown) {
      return this.fail(target, toAppError(thrown));
    }
    finish();
  }

  private fail(target: AnswerTarget, error: AppError): void {
    if (target.gone.aborted) return;
    target.fail(error);
  }

  private async send(
    plan: CompletionPlan,
    run: CompletionRun,
    body: Buffer,
    shielded: ShieldedRequest,
    target: AnswerTarget,
  ): Promise<() => void> {
    const { request, route } = plan;
    const answer = await this.client.send({
      candidates: route.candidates,
      body,
      stream: request.isStreamed,
      signal: target.gone,
      requestId: run.receiptId,
    });
    run.answeredBy(answer);
    const restorer = shielded.restorer();
    try {
      if (request.isStreamed) return await this.relay(run, plan, answer.body, restorer, target);
      const given = await readWholeAnswer(answer.body);
      run.begins();
      run.outcome.note(given);
      const restored = restorer.isIdle ? given : restorer.restoreAnswer(given);
      const shown = plan.assistant ? { ...restored, model: plan.assistant.id } : restored;
      const whole = withCitations(shown, plan.sources);
      run.said?.add(restored);
      run.said?.cite(citationsIn(whole, plan.sources));
      run.outcome.passed(JSON.stringify(whole));
      return () => target.whole(whole, run.receiptId);
    } finally {
      run.addRestoration(restorer);
      releaseAnswer(answer);
    }
  }

  private async relay(
    run: CompletionRun,
    plan: CompletionPlan,
    body: UpstreamAnswer['body'],
    restorer: ReturnType<ShieldedRequest['restorer']>,
    target: AnswerTarget,
  ): Promise<() => void> {
    const { request, assistant, sources } = plan;
    const relay = new StreamRelay(restorer, request.wantsUsage, { said: run.said, model: assistant?.id });
    run.outcome = relay.outcome;
    const cited = sources.passages.length > 0 ? new CitedStream(sources.passages) : undefined;
    // Nothing is begun before there is something to say: until then an error has a status of its own.
    const write = (text: string): Promise<void> | undefined => {
      if (!run.hasBegun) target.begin(run.receiptId);
      run.begins();
      return target.write(text);
    };
    try {
      for await (const text of relay.relay(body)) {
        cited?.read(text);
        await write(text);
      }
    } finally {
      const rest = relay.rest();
      cited?.read(rest);
      if (cited) run.said?.cite(cited.citations);
      if (rest !== '') await write(rest);
    }
    const id = run.outcome.completionId ?? run.receiptId;
    if (cited) await write(cited.event(id, shownModelOf(plan)));
    return () => target.end(run.receiptId);
  }
}

/** What stores the turn of a chat; of an answer that broke off, what there is of it. */
async function turnKept(
  { turn, route }: Planned,
  { said, receiptId }: CompletionRun,
  isComplete: boolean,
): Promise<((tx: Tx) => Promise<void>) | undefined> {
  if (!turn || !said || (said.isEmpty && !isComplete)) return undefined;
  return turn.keep({ ...said.message, model: route.model, receiptId, isComplete });
}

function openingOf(
  { receiptId }: CompletionRun,
  plan: CompletionPlan,
  more: Pick<ReceiptOpening, 'status'> & Partial<Pick<ReceiptOpening, 'sent' | 'conversationId'>>,
): ReceiptOpening {
  const { request, route, policy, examination, builtIn, isPrivate, isShielded, projectId } = plan;
  const [upstream] = route.candidates;
  return {
    id: receiptId,
    status: more.status,
    modelRequested: request.model,
    model: route.model,
    upstream: builtIn || !upstream ? undefined : { id: upstream.id, name: upstream.name },
    isPrivate,
    isShielded,
    isStreamed: request.isStreamed,
    policy: policy.stored,
    counts: examination?.counts ?? {},
    actions: examination?.actions ?? {},
    sent: more.sent,
    unknownFields: examination?.unknownFields ?? [],
    conversationId: more.conversationId,
    projectId,
  };
}
