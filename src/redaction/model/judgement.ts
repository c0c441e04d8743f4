import type { Judge, JudgedSpan } from '../engine/model/judge.js';

/** What a model says of the sentences of one operation, and which of them it still has to be asked about. */
export class Judgement implements Judge {
  readonly #known = new Map<string, readonly JudgedSpan[]>();
  readonly #wanted = new Set<string>();

  spansOf(sentence: string): readonly JudgedSpan[] | undefined {
    const spans = this.#known.get(sentence);
    if (!spans) this.#wanted.add(sentence);
    return spans;
  }

  /** Sentences that were asked about in vain since the last call. */
  takeWanted(): string[] {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    return wanted;
  }

  /** @param spans of each sentence */
  learn(sentences: readonly string[], spans: readonly (readonly JudgedSpan[])[]): void {
    sentences.forEach((sentence, index) => {
      this.#known.set(sentence, spans[index] ?? []);
    });
  }
}
