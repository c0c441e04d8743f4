/*
 * Words that stand side by side in the query and near each other in a text, after Y. Rasolofo and J. Savoy, "Term Proximity Scoring
 * for Keyword-Based Retrieval Systems", ECIR 2003: a pair counts by the weight of the lesser of its words and by the distance
 * at each meeting, and saturates as single words do. Only neighbours are paired, which D. Metzler and W. B. Croft, "A Markov
 * Random Field Model for Term Dependencies", SIGIR 2005, found to do nearly as well as all pairs, at a cost that is linear.
 */

/** Terms farther apart than this have nothing to do with each other. */
const WIDEST = 8;

/**
 * How near two terms stand to each other in all: each meeting adds one through its distance.
 * @param terms of a text in order
 */
export function nearness(terms: Uint32Array, one: number, other: number): number {
  let sum = 0;
  let lastOne = -WIDEST - 1;
  let lastOther = -WIDEST - 1;
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at];
    if (term === one) {
      if (at - lastOther <= WIDEST) sum += 1 / (at - lastOther);
      lastOne = at;
    } else if (term === other) {
      if (at - lastOne <= WIDEST) sum += 1 / (at - lastOne);
      lastOther = at;
    }
  }
  return sum;
}

/** The pairs of neighbours in a query, each once, whatever its order. */
export function neighbours(terms: readonly number[]): (readonly [number, number])[] {
  const pairs = new Map<string, readonly [number, number]>();
  for (const [index, term] of terms.entries()) {
    const next = terms[index + 1];
    if (next === undefined || next === term) continue;
    const key = term < next ? `${term} ${next}` : `${next} ${term}`;
    if (!pairs.has(key)) pairs.set(key, [term, next]);
  }
  return [...pairs.values()];
}
