import { inverseDocumentFrequency } from '../../knowledge/index.js';
import { hasAnswer } from './answer-kind.js';
import type { Candidate, CandidateSearch } from './candidates.js';
import type { Question } from './question.js';

export interface Ranked {
  readonly candidate: Candidate;
  readonly score: number;
}

/** Least part of a question that a sentence must have, weighed by what the words tell. Measured: `extractive-quality.spec.ts`. */
const LEAST_COVERAGE = 0.53;

/** What is left of a sentence's worth that lacks what the question wants: a number, a time, a name. */
const WITHOUT_KIND = 0.7;

/** How much of a word's weight does not depend on how rare it is. */
const COMMON_SHARE = 0.4;
/** A word that stands nowhere counts more than the rarest that does: who asks for it is seldom answered without it. */
const MISSING = 1.35;
const BM25_SHARE = 0.25;

/** How much the presence of each concept counts. */
function weightsOf(question: Question, { collection }: CandidateSearch): Map<string, number> {
  const rarest = inverseDocumentFrequency(collection.size, 0);
  const idfs = collection.weights();
  return new Map(
    collection.terms.map((concept, index) => {
      const idf = idfs[index] ?? 0;
      const rarity = idf === rarest ? MISSING : COMMON_SHARE + ((1 - COMMON_SHARE) * idf) / rarest;
      return [concept, (question.concepts.get(concept) ?? 0) * rarity];
    }),
  );
}

export const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

/** The candidates that have enough of the question, best first. */
export function rank(question: Question, search: CandidateSearch): Ranked[] {
  const weights = weightsOf(question, search);
  const whole = sum(weights.values());
  if (whole === 0) return [];
  const scores = search.collection.scores();
  const bm25 = new Map(
    search.collection.matches.map(({ document }, index) => [document, scores[index] ?? 0]),
  );
  const bestScore = scores.reduce((best, score) => Math.max(best, score), Number.EPSILON);
  const ranked: Ranked[] = [];
  for (const candidate of search.candidates) {
    let present = 0;
    for (const [concept, strength] of candidate.presence) present += strength * (weights.get(concept) ?? 0);
    const isKind = question.kind === undefined || hasAnswer(question.kind, candidate.text);
    const coverage = (present / whole) * (isKind ? 1 : WITHOUT_KIND);
    if (coverage < LEAST_COVERAGE) continue;
    const relevance = candidate.isReply ? 1 : (bm25.get(candidate.document ?? -1) ?? 0) / bestScore;
    ranked.push({ candidate, score: coverage * (1 - BM25_SHARE + BM25_SHARE * relevance) });
  }
  return ranked.sort((a, b) => b.score - a.score);
}
