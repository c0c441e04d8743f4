import { isObject, type JsonObject, type JsonValue } from '../json.js';
import type { UnresolvedToken } from '../receipts/receipt.js';
import { changeMembers } from './answer-leaves.js';
import { AnswerTally } from './answer-tally.js';
import { AnswerText, type TextKind } from './answer-text.js';
import { ChoiceStream } from './choice-stream.js';
import type { RestorableTokens } from './restorable-tokens.js';

/** Puts values back into one answer. Knows the tokens of its request, and no other. */
export class AnswerRestorer {
  /** Nothing can come back: answers may be passed on byte for byte. */
  readonly isIdle: boolean;
  private readonly tally: AnswerTally;
  private readonly choices = new Map<number, ChoiceStream>();
  /** What the last part of a stream says beside its choices. */
  private envelope: JsonObject = { object: 'chat.completion.chunk' };

  /** @param wantsJson the request asked for answers in JSON */
  constructor(
    private readonly tokens: RestorableTokens,
    private readonly wantsJson: boolean,
  ) {
    this.isIdle = tokens.isEmpty;
    this.tally = new AnswerTally(tokens);
  }

  /** Places where a value was put back. */
  get restored(): number {
    return this.tally.restored;
  }

  /** Tokens that were left as they stand, each once, at most 100. */
  get unresolved(): readonly UnresolvedToken[] {
    return this.tally.unresolved;
  }

  /**
   * What may be handed on once this part of a stream has come, in order; the part itself where nothing in it changes, and
   * nothing when all of it is held back. The part is not changed.
   * @throws RestoredTooLargeError
   */
  restoreChunk(chunk: JsonObject): JsonObject[] {
    const { choices, usage: _, ...envelope } = chunk;
    if (this.isIdle || !Array.isArray(choices)) return [chunk];
    this.envelope = envelope;
    const flushed: JsonObject[] = [];
    let isChanged = false;
    let isEmpty = choices.length > 0 && !isObject(chunk.usage);
    const restored = choices.map((choice): JsonValue => {
      if (!isObject(choice)) return choice;
      const outcome = this.streamOf(choice).restore(choice);
      if (outcome.before) flushed.push(outcome.before);
      isChanged ||= outcome.choice !== choice;
      isEmpty &&= outcome.isEmpty;
      return outcome.choice;
    });
    const chunks = flushed.map((choice) => this.partOf(choice));
    if (!isChanged) chunks.push(chunk);
    else if (!isEmpty) chunks.push({ ...chunk, choices: restored });
    return chunks;
  }

  /**
   * The same for a part that differs from the one before it in a piece of the content of one choice alone.
   * @throws RestoredTooLargeError
   */
  restoreContent(index: number, piece: string): string {
    return this.streamOf({ index }).restoreContent(piece);
  }

  /** What is still held back when no more comes. @throws RestoredTooLargeError */
  finish(): JsonObject[] {
    return [...this.choices.values()].flatMap((choice) => {
      const held = choice.flush();
      return held ? [this.partOf(held)] : [];
    });
  }

  /** A whole answer with values in place; the answer itself where nothing changes. @throws RestoredTooLargeError */
  restoreAnswer(answer: JsonObject): JsonObject {
    const { choices } = answer;
    if (this.isIdle || !Array.isArray(choices)) return answer;
    const restored = choices.map((choice) => (isObject(choice) ? this.restoreWhole(choice) : choice));
    return restored.every((choice, index) => choice === choices[index])
      ? answer
      : { ...answer, choices: restored };
  }

  private restoreWhole(choice: JsonObject): JsonObject {
    const { logprobs } = choice;
    // They spell the answer as it came.
    const bare = logprobs === undefined || logprobs === null ? choice : { ...choice, logprobs: null };
    return changeMembers(bare, (text, kind) => this.newText(kind === 'whole' ? 'plain' : kind).end(text));
  }

  private streamOf({ index }: JsonObject): ChoiceStream {
    const number = typeof index === 'number' ? index : 0;
    const known = this.choices.get(number);
    if (known) return known;
    const made = new ChoiceStream(number, (kind) => this.newText(kind));
    this.choices.set(number, made);
    return made;
  }

  private newText(kind: TextKind): AnswerText {
    const isJson = kind === 'content' && this.wantsJson;
    return new AnswerText(this.tokens, this.tally, isJson ? 'json' : kind);
  }

  private partOf(choice: JsonObject): JsonObject {
    return { ...this.envelope, choices: [choice] };
  }
}
