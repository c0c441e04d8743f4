export interface FusedRank<Id> {
  readonly id: Id;
  readonly score: number;
}

export interface FusionOptions {
  /** How little the first ranks stand out; 60, as the paper has it, unless told. */
  readonly k?: number;
  /** What each list counts for; 1 unless told. */
  readonly weights?: readonly number[];
}

/**
 * Reciprocal rank fusion: G. V. Cormack, C. L. A. Clarke and S. Büttcher, "Reciprocal Rank Fusion Outperforms Condorcet and
 * Individual Rank Learning Methods", SIGIR 2009. Each list gives 1 / (k + rank), ranks from 1, so scores need no common scale.
 * @param lists ids, best first; what a list names again counts where it stands first
 * @returns everything that any list names, best first; equal ones by id
 */
export function fuseRankings<Id extends number | string>(
  lists: readonly (readonly Id[])[],
  { k = 60, weights = [] }: FusionOptions = {},
): FusedRank<Id>[] {
  const scores = new Map<Id, number>();
  for (const [index, list] of lists.entries())
    for (const [at, id] of [...new Set(list)].entries())
      scores.set(id, (scores.get(id) ?? 0) + (weights[index] ?? 1) / (k + at + 1));
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1));
}
