import { setImmediate as nextTurn } from 'node:timers/promises';
import { completionsError } from '../completions.errors.js';
import { isObject, type JsonObject } from '../json.js';
import { SseFormatError, SseReader } from '../protocol/sse-reader.js';
import type { AnswerRestorer } from '../shield/answer-restorer.js';
import { AnswerOutcome } from './answer-outcome.js';
import { ContentPattern } from './content-pattern.js';
import type { SaidAnswer } from './said-answer.js';

/** The end of every stream in OpenAI's protocol. */
export const DONE = 'data: [DONE]\n\n';

interface RelayOptions {
  readonly said?: SaidAnswer | undefined;
  readonly model?: string | undefined;
  readonly outcome?: AnswerOutcome;
}

/** What parts are like as they come, and as they are handed on. */
interface LearnedPattern {
  readonly given: ContentPattern;
  readonly shown: ContentPattern;
}

export const eventOf = (chunk: object): string => `data: ${JSON.stringify(chunk)}\n\n`;

/** Of no more events than these the first wait for the others. */
const FEW = 8;

const HAS_WORDS = /"content":\s*"[^"]/;

/** Of a model server whose parts all differ in more than their content none are looked at any more. */
const MOST_VAIN = 8;

/**
 * Turns a model server's stream of events into the client's, with values in place of tokens. Nothing is handed on that
 * is no chunk of a completion.
 */
export class StreamRelay {
  readonly outcome: AnswerOutcome;
  private readonly reader = new SseReader();
  private isDone = false;
  private hasEnded = false;
  private fault: unknown;
  /** What the last part was like, where the next may differ from it in a piece of content alone. */
  private pattern: LearnedPattern | undefined;
  /** Patterns in a row that no part was like. */
  private vain = 0;
  private hasSpoken = false;

  /**
   * @param wantsUsage the client has asked for the chunk with the usage, which the model server sends in any case
   * @param options `said` notes what is handed on; `model` is shown as the model in place of what the model server calls it;
   *   `outcome` is what is noted of the answer, of which this stream may be one part of several
   */
  constructor(
    private readonly restorer: AnswerRestorer,
    private readonly wantsUsage: boolean,
    private readonly options: RelayOptions = {},
  ) {
    this.outcome = options.outcome ?? new AnswerOutcome();
  }

  /**
   * What to write to the client, as soon as there is something; without the end of the stream. Reads up to what the model
   * server says is the end, and not to that of its body. The first words are not kept waiting by many events that came with them.
   * @throws AppError UPSTREAM_MALFORMED, UPSTREAM_CUT
   */
  async *relay(body: AsyncIterator<Uint8Array>): AsyncGenerator<string, void> {
    while (!this.isDone) {
      const { done, value } = await body.next();
      const events = this.watched(() => (done ? this.reader.end() : this.reader.push(value))) ?? [];
      const first = this.takeFirst(events);
      for (const part of first ? [first, events] : [events]) {
        const text = this.read(part);
        if (text !== '') yield this.passed(text);
        if (this.fault) throw this.fault;
        // What was written leaves when the event loop turns.
        if (part === first) await nextTurn();
      }
      if (done && !this.isDone && !this.hasEnded) throw completionsError('UPSTREAM_CUT');
      if (done) return;
    }
  }

  /** What was held back because it might have become a token, when no more comes. */
  rest(): string {
    const held = this.restorer.finish();
    for (const chunk of held) this.options.said?.add(chunk);
    const text = held.map(eventOf).join('');
    return text === '' ? '' : this.passed(text);
  }

  private passed(text: string): string {
    this.outcome.passed(text);
    return text;
  }

  /** Takes off the events up to the answer's first words, where many come behind them. */
  private takeFirst(events: string[]): string[] | undefined {
    if (this.hasSpoken) return undefined;
    const index = events.findIndex((data) => HAS_WORDS.test(data));
    this.hasSpoken = index >= 0;
    return this.hasSpoken && events.length - index > FEW ? events.splice(0, index + 1) : undefined;
  }

  /** What can be handed on of some events; what is wrong with one comes after those before it. */
  private read(events: readonly string[]): string {
    let text = '';
    this.watched(() => {
      for (const data of events) text += this.chunk(data);
    });
    return text;
  }

  /** Keeps what is wrong for later. */
  private watched<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      const isMalformed = error instanceof SseFormatError || error instanceof SyntaxError;
      this.fault = isMalformed ? completionsError('UPSTREAM_MALFORMED') : error;
      return undefined;
    }
  }

  private chunk(data: string): string {
    if (this.isDone) return '';
    const piece = this.pattern?.given.pieceOf(data);
    if (this.pattern && piece !== undefined) return this.contentPart(this.pattern, piece, data);
    this.pattern = undefined;
    if (data === '[DONE]') {
      this.isDone = true;
      return '';
    }
    const chunk: unknown = JSON.parse(data);
    if (!isObject(chunk)) throw completionsError('UPSTREAM_MALFORMED');
    if (chunk.error !== undefined && chunk.error !== null) throw completionsError('UPSTREAM_CUT');
    if (!Array.isArray(chunk.choices)) throw completionsError('UPSTREAM_MALFORMED');
    this.outcome.note(chunk);
    this.hasEnded ||= this.outcome.finishReasons.length > 0;
    if (chunk.choices.length === 0 && isObject(chunk.usage) && !this.wantsUsage) return '';
    return this.handedOn(chunk, data);
  }

  private handedOn(given: JsonObject, data: string): string {
    const { model } = this.options;
    const chunk = model === undefined ? given : { ...given, model };
    const written = chunk === given ? data : JSON.stringify(chunk);
    const restored = this.restored(chunk, written);
    if (this.vain < MOST_VAIN) {
      const pattern = ContentPattern.of(data, given);
      this.learn(pattern, chunk === given ? pattern : ContentPattern.of(written, chunk));
    }
    return restored;
  }

  private contentPart({ given, shown }: LearnedPattern, piece: string, data: string): string {
    this.vain = 0;
    const restored = this.restorer.isIdle ? piece : this.restorer.restoreContent(given.index, piece);
    this.options.said?.addContent(given.index, restored);
    if (restored === piece) return `data: ${shown === given ? data : shown.with(piece)}\n\n`;
    return restored === '' && given.isVoidWithout ? '' : `data: ${shown.with(restored)}\n\n`;
  }

  private learn(given: ContentPattern | undefined, shown: ContentPattern | undefined): void {
    this.pattern = given && shown && { given, shown };
    if (this.pattern) this.vain += 1;
  }

  private restored(chunk: JsonObject, data: string): string {
    const chunks = this.restorer.isIdle ? [chunk] : this.restorer.restoreChunk(chunk);
    for (const part of chunks) this.options.said?.add(part);
    const isUnchanged = chunks.length === 1 && chunks[0] === chunk && !data.includes('\n');
    return isUnchanged ? `data: ${data}\n\n` : chunks.map(eventOf).join('');
  }
}
