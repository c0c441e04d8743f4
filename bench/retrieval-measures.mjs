/**
 * Effectiveness as trec_eval computes it: nDCG with linear gain (the grade itself, cut_10 for the ideal as well), average
 * precision over all that was returned, and recall. Grades of 0 and below are not relevant.
 */

const CUT = 10;

function discounted(grades) {
  return grades.slice(0, CUT).reduce((sum, grade, index) => sum + grade / Math.log2(index + 2), 0);
}

/**
 * @param {string[]} ranking ids, best first, of up to 100
 * @param {Map<string, number>} judged grade by id
 */
export function measure(ranking, judged) {
  const gain = (id) => Math.max(0, judged.get(id) ?? 0);
  const ideal = discounted([...judged.values()].filter((grade) => grade > 0).sort((a, b) => b - a));
  const relevant = [...judged.values()].filter((grade) => grade > 0).length;
  let found = 0;
  let precisions = 0;
  for (const [index, id] of ranking.entries()) {
    if (gain(id) === 0) continue;
    found += 1;
    precisions += found / (index + 1);
  }
  return {
    ndcg: discounted(ranking.map(gain)) / ideal,
    map: precisions / relevant,
    recall: found / relevant,
  };
}

/**
 * Means over all queries that have anything relevant; one without an answer counts 0.
 * @param {(query: string) => string[]} search up to 100 ids, best first
 */
export function evaluate({ queries, judgements }, search) {
  const sums = { ndcg: 0, map: 0, recall: 0 };
  let count = 0;
  let unanswered = 0;
  for (const { id, text } of queries) {
    const judged = judgements.get(id);
    if (!judged || ![...judged.values()].some((grade) => grade > 0)) continue;
    const ranking = search(text);
    if (ranking.length === 0) unanswered += 1;
    const one = measure(ranking, judged);
    for (const name of Object.keys(sums)) sums[name] += one[name];
    count += 1;
  }
  return {
    ...Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / count])),
    count,
    unanswered,
  };
}
