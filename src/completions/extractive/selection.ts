import type { TermReader } from '../../knowledge/index.js';
import type { Candidate } from './candidates.js';
import type { Ranked } from './ranking.js';

/** Most sentences of an answer. */
export const MOST_SENTENCES = 3;

/** How good a further sentence must be beside the best one. */
const LEAST_OF_BEST = 0.8;
/** Maximal marginal relevance: how much a sentence's score counts, and how much that it says something new. */
const RELEVANCE = 0.7;
/** Candidates that are looked at: enough for three that differ. */
const MOST_COMPARED = 50;

/** How much of the shorter sentence the other one says: 0 to 1. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === 0) return 0;
  let shared = 0;
  for (const term of small) if (large.has(term)) shared += 1;
  return shared / small.size;
}

/**
 * The best sentence, and those that say about as much of what was asked without saying it again: J. Carbonell and
 * J. Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing Summaries", SIGIR 1998.
 */
export function select(ranked: readonly Ranked[], reader: TermReader): Ranked[] {
  const [best] = ranked;
  if (!best) return [];
  const termsOf = ({ candidate }: Ranked): Set<string> =>
    new Set([...reader.termsOf(candidate.text)].map(({ term }) => term));
  const rest = ranked
    .slice(1, MOST_COMPARED)
    .filter(({ score }) => score >= LEAST_OF_BEST * best.score)
    .map((one) => ({ one, terms: termsOf(one) }));
  const chosen = [{ one: best, terms: termsOf(best) }];
  while (chosen.length < MOST_SENTENCES && rest.length > 0) {
    const worth = rest.map(({ one, terms }) => {
      const said = Math.max(...chosen.map((other) => overlap(terms, other.terms)));
      return RELEVANCE * (one.score / best.score) - (1 - RELEVANCE) * said;
    });
    const [next] = rest.splice(worth.indexOf(Math.max(...worth)), 1);
    if (next && chosen.every((other) => overlap(next.terms, other.terms) < 1)) chosen.push(next);
  }
  return chosen.map(({ one }) => one);
}

/** Where sentences stand: by message, part and place. */
export function inReadingOrder(a: Candidate, b: Candidate): number {
  return a.given.message - b.given.message || (a.given.part ?? 0) - (b.given.part ?? 0) || a.start - b.start;
}
