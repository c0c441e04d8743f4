import { isObject, type JsonObject, type JsonValue } from '../json.js';
import type { Usage } from '../receipts/receipt.js';

/** Stands between what a model says before and after its tools were called. */
const BETWEEN = '\n\n';

const isCount = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** The answers of a completion's rounds as the one answer that its client gets. */
export class SummedAnswer {
  private before: Usage | undefined;
  private current: JsonObject | undefined;
  /** What the rounds before have said. */
  private readonly texts: string[] = [];
  private round = 0;
  private envelope: JsonObject = {};
  private hasSpoken = false;

  /** A round is over, and another will follow. */
  next(content: string | null): void {
    if (content !== null && content !== '') this.texts.push(content);
    this.before = this.summed;
    this.current = undefined;
    this.round += 1;
    this.hasSpoken = false;
  }

  /** Of the round under way: the last that is said counts. */
  noteUsage(usage: JsonObject): void {
    this.current = usage;
  }

  /** Tokens of all rounds; with what else the last one says of them. */
  get usage(): JsonObject | undefined {
    const { summed, current } = this;
    return summed && { ...current, ...summed };
  }

  private get summed(): Usage | undefined {
    const { before, current = {} } = this;
    const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = current;
    if (!isCount(prompt) || !isCount(completion)) return before;
    return {
      prompt_tokens: prompt + (before?.prompt_tokens ?? 0),
      completion_tokens: completion + (before?.completion_tokens ?? 0),
      total_tokens: (isCount(total) ? total : prompt + completion) + (before?.total_tokens ?? 0),
    };
  }

  /** A part of a stream as a part of the one answer. */
  ofRound(chunk: JsonObject): JsonObject {
    if (this.round === 0) {
      const { id = null, created = null } = chunk;
      this.envelope = { id, created };
      return chunk;
    }
    const choices = Array.isArray(chunk.choices) ? chunk.choices.map((choice) => this.continued(choice)) : [];
    return { ...chunk, ...this.envelope, choices };
  }

  /** A whole answer as the one answer. */
  whole(answer: JsonObject): JsonObject {
    if (this.round === 0) return answer;
    const choices = Array.isArray(answer.choices) ? answer.choices : [];
    const { usage } = this;
    return {
      ...answer,
      ...(usage && { usage }),
      choices: choices.map((choice, at) => (at === 0 && isObject(choice) ? this.withTexts(choice) : choice)),
    };
  }

  private withTexts(choice: JsonObject): JsonObject {
    const { message } = choice;
    if (this.texts.length === 0 || !isObject(message)) return choice;
    const { content } = message;
    const said = typeof content === 'string' && content !== '' ? [content] : [];
    return { ...choice, message: { ...message, content: [...this.texts, ...said].join(BETWEEN) } };
  }

  /** The role was said before; what is said now stands apart from what was. */
  private continued(choice: JsonValue): JsonValue {
    if (!isObject(choice) || !isObject(choice.delta)) return choice;
    const { role: _, ...delta } = choice.delta;
    const { content } = delta;
    if (typeof content !== 'string' || content === '' || this.hasSpoken) return { ...choice, delta };
    this.hasSpoken = true;
    const isApart = this.texts.length > 0;
    return { ...choice, delta: { ...delta, content: isApart ? BETWEEN + content : content } };
  }
}
