import type { Rejection } from '../rejection.js';
import { Rank } from '../rule.js';
import type { Candidate } from '../scan.js';
import type { Judge, JudgedSpan } from './judge.js';
import { MODEL_TYPES } from './label-scheme.js';
import { type Stretch, sentencesOf } from './sentences.js';
import { isUnsure } from './unsure.js';

const EXPLANATION = { recognizer: 'model', rule: 'token-classification' };

/** Rules that go by what stands around a value as a whole, of which a judge of sentences knows nothing. */
const CERTAIN = new Set(['label', 'introduced']);

const SENTENCES_PER_TURN = 200;

/** Whether something is left to a judge of sentences. */
const isName = ({ type, rank, explanation }: Candidate): boolean =>
  rank === Rank.Name && MODEL_TYPES.has(type) && !CERTAIN.has(explanation.rule);

/**
 * Holds back the names of one search until a judge has been asked about the sentences they stand in: what it finds takes the
 * place of theirs.
 */
export class JudgedNames {
  readonly #names: Candidate[] = [];
  readonly #doubts: (Stretch & { readonly score: number })[] = [];

  constructor(
    private readonly text: string,
    private readonly judge: Judge,
    /** Whether a finding of this type and score would be reported. */
    private readonly isWanted: (candidate: Candidate) => boolean,
  ) {}

  /** All but the names. */
  withhold(candidates: readonly Candidate[]): Candidate[] {
    const others: Candidate[] = [];
    for (const candidate of candidates) (isName(candidate) ? this.#names : others).push(candidate);
    return others;
  }

  /** Notes names that are not likely enough to be reported. */
  doubt(rejections: readonly Rejection[]): void {
    for (const { type, start, end, score } of rejections)
      if (MODEL_TYPES.has(type)) this.#doubts.push({ start, end, score });
  }

  /** The names, judged. Yields where the caller may give way. */
  *settled(): Generator<void, Candidate[]> {
    const names = new Within([...this.#names].sort((a, b) => a.start - b.start));
    const doubts = new Within([...this.#doubts].sort((a, b) => a.start - b.start));
    const settled: Candidate[] = [];
    let sentences = 0;
    for (const { start, end } of sentencesOf(this.text)) {
      const own = names.take(start, end);
      const sentence = this.text.slice(start, end);
      const seen = [...own, ...doubts.take(start, end)].map((name) => ({
        ...{ start: name.start - start, end: name.end - start, score: name.score },
      }));
      const judged = isUnsure(sentence, seen) ? this.judge.spansOf(sentence) : undefined;
      if (judged) settled.push(...judged.map((span) => candidateOf(span, start)).filter(this.isWanted));
      else settled.push(...own);
      if (++sentences % SENTENCES_PER_TURN === 0) yield;
    }
    return [...settled, ...names.rest()];
  }
}

function candidateOf({ type, start, end, score }: JudgedSpan, offset: number): Candidate {
  const explanation = { ...EXPLANATION, baseScore: score };
  return { type, start: start + offset, end: end + offset, score, explanation, rank: Rank.Name };
}

/** Stretches in order, handed out sentence by sentence; one that reaches into a sentence from before stays with its first. */
class Within<T extends Stretch> {
  #next = 0;
  readonly #between: T[] = [];

  constructor(private readonly all: readonly T[]) {}

  /** Those that begin there. */
  take(from: number, to: number): T[] {
    const taken: T[] = [];
    for (let item = this.all[this.#next]; item && item.start < to; item = this.all[++this.#next]) {
      if (item.start < from) this.#between.push(item);
      else taken.push(item);
    }
    return taken;
  }

  /** Those that were in no sentence. */
  rest(): T[] {
    return [...this.#between, ...this.all.slice(this.#next)];
  }
}
