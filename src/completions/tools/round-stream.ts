import { completionsError } from '../completions.errors.js';
import { SaidAnswer } from '../gateway/said-answer.js';
import { DONE, eventOf } from '../gateway/stream-relay.js';
import { isObject, type JsonObject } from '../json.js';
import { SseFormatError, SseReader } from '../protocol/sse-reader.js';
import type { CalledTools } from './called-tools.js';
import type { SummedAnswer } from './summed-answer.js';

/**
 * A model server's stream in a completion that may call tools: what is said passes at once, calls wait until it is known
 * whose they are. Calls of this server's tools end the stream here; all others come out as they came.
 */
export class RoundStream {
  private readonly reader = new SseReader();
  private readonly said = new SaidAnswer();
  private readonly held: JsonObject[] = [];
  private isDecided = false;
  private isOver = false;
  /** The calls that the server is to answer, once the stream is over. */
  called: CalledTools | undefined;

  /**
   * @param whose says of a message whether its calls are the server's
   * @param summed what the rounds of the completion have in common
   */
  constructor(
    private readonly whose: (said: SaidAnswer['message']) => CalledTools | undefined,
    private readonly summed: SummedAnswer,
  ) {}

  /** @throws AppError UPSTREAM_MALFORMED */
  async *pass(body: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
    for (;;) {
      const { done, value } = await body.next();
      const text = this.texts(done ? undefined : value);
      if (text !== '') yield Buffer.from(text);
      // What it says after the calls is how much it has used.
      if (!done && !this.isOver) continue;
      if (this.called) yield Buffer.from(DONE);
      return undefined;
    }
  }

  private texts(bytes: Uint8Array | undefined): string {
    try {
      let text = '';
      for (const data of bytes ? this.reader.push(bytes) : this.reader.end()) text += this.event(data);
      return text;
    } catch (error) {
      const isMalformed = error instanceof SseFormatError || error instanceof SyntaxError;
      throw isMalformed ? completionsError('UPSTREAM_MALFORMED') : error;
    }
  }

  private event(data: string): string {
    if (data === '[DONE]') {
      this.isOver = true;
      const rest = this.decided();
      return this.called ? '' : rest + DONE;
    }
    const chunk: unknown = JSON.parse(data);
    // Whatever it is, the relay says so.
    if (!isObject(chunk) || !Array.isArray(chunk.choices)) return `data: ${data}\n\n`;
    this.said.add(chunk);
    const part = this.summed.ofRound(chunk);
    if (!isObject(chunk.usage)) return this.sorted(part);
    this.summed.noteUsage(chunk.usage);
    const summed = { ...part, usage: this.summed.usage ?? chunk.usage };
    if (chunk.choices.length > 0) return this.sorted(summed);
    return this.called ? '' : eventOf(summed);
  }

  private sorted(chunk: JsonObject): string {
    if (this.called) return '';
    const [choice] = Array.isArray(chunk.choices) ? chunk.choices : [];
    const { delta = null, finish_reason: reason } = isObject(choice) ? choice : {};
    const isEnd = reason !== null && reason !== undefined;
    const calls = isObject(delta) && Array.isArray(delta.tool_calls) && delta.tool_calls.length > 0;
    if (!calls && !(isEnd && this.held.length > 0))
      return this.isDecided || !isEnd ? eventOf(chunk) : this.decided() + eventOf(chunk);
    if (this.isDecided) return eventOf(chunk);
    const { content, ...others } = isObject(delta) ? delta : {};
    const isSaying = typeof content === 'string' && content !== '';
    const inner = isObject(choice) ? choice : {};
    const passing = isSaying
      ? eventOf({ ...chunk, choices: [{ ...inner, delta: { content }, finish_reason: null }] })
      : '';
    this.held.push(isSaying ? { ...chunk, choices: [{ ...inner, delta: others }] } : chunk);
    return passing + (isEnd ? this.decided() : '');
  }

  /** What was held back, unless the server answers it. */
  private decided(): string {
    if (this.isDecided) return '';
    this.isDecided = true;
    this.called = this.whose(this.said.message);
    return this.called ? '' : this.held.map(eventOf).join('');
  }
}
