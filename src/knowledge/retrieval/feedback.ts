/*
 * Pseudo-relevance feedback after J. J. Rocchio, "Relevance Feedback in Information Retrieval", in G. Salton (ed.), The SMART
 * Retrieval System, 1971: the best chunks of a first pass lend the query their most telling terms. M. Mitra, A. Singhal and
 * C. Buckley, "Improving Automatic Query Expansion", SIGIR 1998, show how it drifts where the first pass was wrong; so the terms
 * together weigh little beside the query, and a term that many chunks have is never among them.
 */

/** How many chunks of the first pass are believed. */
export const FEEDBACK_CHUNKS = 10;
/** At most this part of a collection is believed: the tenth best of twenty says nothing. */
export const FEEDBACK_SHARE = 1 / 20;
/** Terms that a larger part of all chunks has tell little, and cost the most time. */
export const COMMONEST_SHARE = 1 / 10;

const MOST_TERMS = 20;
/** Weight of the most telling of them; a term of the query has 1. */
const GREATEST_WEIGHT = 0.15;
const UNTELLING = /^(?:\p{N}.*|[a-z]{1,2})$/u;

export interface BelievedChunk {
  readonly terms: Uint32Array;
  /** BM25's share of a term that is there so often, idf left out. */
  readonly saturation: (frequency: number) => number;
  readonly score: number;
}

export interface Expansion {
  readonly number: number;
  readonly term: string;
  readonly weight: number;
}

function frequenciesOf(terms: Uint32Array): Map<number, number> {
  const frequencies = new Map<number, number>();
  for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  return frequencies;
}

/**
 * Terms that a query is widened by, the most telling first.
 * @param chunks best first
 * @param idfOf what a term tells; 0 when it must not be used
 */
export function expansionsOf(
  chunks: readonly BelievedChunk[],
  idfOf: (term: number) => number,
  termOf: (term: number) => string,
): Expansion[] {
  const best = chunks[0]?.score ?? 1;
  const weights = new Map<number, number>();
  for (const { terms, saturation, score } of chunks)
    for (const [term, frequency] of frequenciesOf(terms))
      weights.set(term, (weights.get(term) ?? 0) + (score / best) * saturation(frequency));
  const candidates: { readonly number: number; readonly weight: number }[] = [];
  for (const [number, sum] of weights) {
    const weight = sum * idfOf(number);
    if (weight > 0) candidates.push({ number, weight });
  }
  candidates.sort(
    (one, other) => other.weight - one.weight || (termOf(one.number) < termOf(other.number) ? -1 : 1),
  );
  const named: Expansion[] = [];
  // Most candidates are never named: to read a term costs more than to weigh it.
  for (const candidate of candidates) {
    const term = termOf(candidate.number);
    if (!UNTELLING.test(term)) named.push({ ...candidate, term });
    if (named.length === MOST_TERMS) break;
  }
  const greatest = named[0]?.weight ?? 1;
  return named.map((one) => ({ ...one, weight: (GREATEST_WEIGHT * one.weight) / greatest }));
}
