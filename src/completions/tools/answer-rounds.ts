import { shownModelOf } from '../gateway/completion-plan.js';
import { SaidAnswer } from '../gateway/said-answer.js';
import { StreamRelay } from '../gateway/stream-relay.js';
import { readWholeAnswer } from '../gateway/whole-answer.js';
import { CitedStream, citationsIn, withCitations } from '../grounding/cited-answer.js';
import type { JsonObject } from '../json.js';
import type { ShieldedRequest } from '../shield/examination.js';
import { releaseAnswer } from '../upstreams/release-answer.js';
import type { UpstreamAnswer } from '../upstreams/upstream-client.service.js';
import { type AskingMessage, type CalledTools, calledTools } from './called-tools.js';
import type { OfferedTools } from './offered-tools.js';
import { RoundStream } from './round-stream.js';
import { SummedAnswer } from './summed-answer.js';
import type { ToolCompletion } from './tool-completion.js';

/** The answers of a model on the way to one answer, handed on as they come. */
export class AnswerRounds {
  private readonly summed = new SummedAnswer();
  private readonly cited: CitedStream | undefined;
  private whole: JsonObject | undefined;

  constructor(private readonly completion: Pick<ToolCompletion, 'plan' | 'run' | 'target'>) {
    const { passages } = completion.plan.sources;
    this.cited = passages.length > 0 ? new CitedStream(passages) : undefined;
  }

  /**
   * Takes an answer, and hands on of it what is for the client.
   * @returns the calls that the server is to answer; undefined when the answer was the last
   */
  async take(
    answer: UpstreamAnswer,
    shielded: ShieldedRequest,
    offered: OfferedTools,
  ): Promise<CalledTools | undefined> {
    const { run, plan } = this.completion;
    const restorer = shielded.restorer();
    const whose = (asking: AskingMessage): CalledTools | undefined =>
      calledTools(asking, offered, shielded.restorer());
    try {
      const called = plan.request.isStreamed
        ? await this.relay(answer, restorer, whose)
        : await this.read(answer, restorer, whose);
      if (called) this.summed.next(contentOf(called.message));
      return called;
    } finally {
      run.addRestoration(restorer);
      releaseAnswer(answer);
    }
  }

  /** Ends the answer; what it returns lets the client see that. */
  async finish(): Promise<() => void> {
    const { run, target, plan } = this.completion;
    const { whole, cited } = this;
    if (whole) return () => target.whole(whole, run.receiptId);
    if (cited) await this.write(cited.event(run.outcome.completionId ?? run.receiptId, shownModelOf(plan)));
    return () => target.end(run.receiptId);
  }

  private async read(
    answer: UpstreamAnswer,
    restorer: ReturnType<ShieldedRequest['restorer']>,
    whose: (asking: AskingMessage) => CalledTools | undefined,
  ): Promise<CalledTools | undefined> {
    const { run, plan } = this.completion;
    const given = await readWholeAnswer(answer.body);
    run.begins();
    const said = new SaidAnswer();
    said.add(given);
    if (typeof given.usage === 'object' && given.usage !== null && !Array.isArray(given.usage))
      this.summed.noteUsage(given.usage);
    const called = whose(said.message);
    if (called) return called;
    const restored = this.summed.whole(restorer.isIdle ? given : restorer.restoreAnswer(given));
    run.outcome.note(restored);
    run.said?.add(restored);
    const shown = plan.assistant ? { ...restored, model: plan.assistant.id } : restored;
    this.whole = withCitations(shown, plan.sources);
    run.said?.cite(citationsIn(this.whole, plan.sources));
    run.outcome.passed(JSON.stringify(this.whole));
    return undefined;
  }

  private async relay(
    answer: UpstreamAnswer,
    restorer: ReturnType<ShieldedRequest['restorer']>,
    whose: (asking: AskingMessage) => CalledTools | undefined,
  ): Promise<CalledTools | undefined> {
    const { run, plan } = this.completion;
    const round = new RoundStream(whose, this.summed);
    const options = { said: run.said, model: plan.assistant?.id, outcome: run.outcome };
    const relay = new StreamRelay(restorer, plan.request.wantsUsage, options);
    try {
      for await (const text of relay.relay(round.pass(answer.body))) await this.write(text);
    } finally {
      const rest = relay.rest();
      if (rest !== '') await this.write(rest);
      // An answer that breaks off draws from what it has named so far.
      if (this.cited) run.said?.cite(this.cited.citations);
    }
    return round.called;
  }

  /** Nothing is begun before there is something to say: until then an error has a status of its own. */
  private write(text: string): Promise<void> | undefined {
    const { run, target } = this.completion;
    this.cited?.read(text);
    if (!run.hasBegun) target.begin(run.receiptId);
    run.begins();
    return target.write(text);
  }
}

const contentOf = ({ content }: JsonObject): string | null => (typeof content === 'string' ? content : null);
