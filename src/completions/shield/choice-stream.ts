import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { changeMembers, putAt, type Step, slotOf } from './answer-leaves.js';
import type { AnswerText, TextKind } from './answer-text.js';

/** What comes of one choice in one part of a stream. */
export interface ChoiceOutcome {
  /** What was held back of it and comes before it, in a part of its own. */
  readonly before: JsonObject | undefined;
  /** The choice with values in place; itself when nothing changes. */
  readonly choice: JsonObject;
  /** All it had is held back. */
  readonly isEmpty: boolean;
}

/** Where the content of a choice stands in its delta. */
const CONTENT: readonly Step[] = ['content'];

interface OpenText {
  readonly path: readonly Step[];
  readonly text: AnswerText;
}

/** One of the choices of a stream: all texts that grow in it, each on its own. */
export class ChoiceStream {
  private readonly texts = new Map<string, OpenText>();

  /** @param newText makes what restores a text of that kind */
  constructor(
    private readonly index: number,
    private readonly newText: (kind: TextKind) => AnswerText,
  ) {}

  /** @throws RestoredTooLargeError */
  restore(choice: JsonObject): ChoiceOutcome {
    const { delta = null, ...around } = choice;
    const isLast = choice.finish_reason !== null && choice.finish_reason !== undefined;
    const flushed = new HeldBack();
    const seen = new Set<OpenText>();
    const restored = isObject(delta) ? this.restoreDelta(delta, isLast ? flushed : undefined, seen) : delta;
    // A name is over when something else comes, and has to be there before its arguments.
    for (const open of this.texts.values())
      if (isLast || (open.text.kind === 'name' && !seen.has(open))) flushed.takeRest(open);
    const outside = this.restoreAround(around);
    const before = flushed.choiceOf(this.index);
    if (restored === delta && outside === around) return { before, choice, isEmpty: false };
    const changed = choice.delta === undefined ? outside : { ...outside, delta: restored };
    return { before, choice: changed, isEmpty: !isLast && isVoid(changed) };
  }

  /** What can be handed on of the content when a part brings a piece of it and nothing else. @throws RestoredTooLargeError */
  restoreContent(piece: string): string {
    return this.open('content', CONTENT).text.push(piece);
  }

  /** What is still held back, in a part of its own. @throws RestoredTooLargeError */
  flush(): JsonObject | undefined {
    const flushed = new HeldBack();
    for (const open of this.texts.values()) flushed.takeRest(open);
    return flushed.choiceOf(this.index);
  }

  /** @param flushed where what is held back goes when nothing more comes */
  private restoreDelta(delta: JsonObject, flushed: HeldBack | undefined, seen: Set<OpenText>): JsonObject {
    return changeMembers(delta, (piece, kind, path) => {
      if (kind === 'whole') return this.newText('plain').end(piece);
      const open = this.open(kind, path);
      seen.add(open);
      if (!flushed) return open.text.push(piece);
      if (!open.text.isHolding) return open.text.end(piece);
      flushed.add(path, open.text.end(piece));
      return '';
    });
  }

  private restoreAround(around: JsonObject): JsonObject {
    const { logprobs } = around;
    // They spell the answer as it came.
    const bare = logprobs === undefined || logprobs === null ? around : { ...around, logprobs: null };
    return changeMembers(bare, (text) => this.newText('plain').end(text));
  }

  private open(kind: TextKind, path: readonly Step[]): OpenText {
    const slot = slotOf(path);
    const known = this.texts.get(slot);
    if (known) return known;
    const made = { path: [...path], text: this.newText(kind) };
    this.texts.set(slot, made);
    return made;
  }
}

/** Texts that were held back, as the delta of a choice. */
class HeldBack {
  private delta: JsonObject | undefined;

  add(path: readonly Step[], text: string): void {
    if (text !== '') this.delta = putAt(this.delta ?? {}, path, text);
  }

  takeRest({ path, text }: OpenText): void {
    this.add(path, text.end());
  }

  choiceOf(index: number): JsonObject | undefined {
    return this.delta && { index, delta: this.delta, logprobs: null, finish_reason: null };
  }
}

/** Whether nothing is said but where it would stand. */
function isVoid(value: JsonValue, name = ''): boolean {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).every(([member, inner]) => isVoid(inner, member));
  }
  return value === null || value === '' || (name === 'index' && typeof value === 'number');
}
