import type { Variable } from './variable.js';

/** Which of an environment's variables are wanted; absent fields do not filter. */
export interface VariableFilter {
  readonly key?: string | undefined;
  /** Part of the key, in whatever case. */
  readonly search?: string | undefined;
  readonly tag?: string | undefined;
}

export const isFound = ({ key, tags }: Pick<Variable, 'key' | 'tags'>, filter: VariableFilter): boolean =>
  (filter.key === undefined || key === filter.key) &&
  (filter.search === undefined || key.toLowerCase().includes(filter.search.toLowerCase())) &&
  (filter.tag === undefined || tags.includes(filter.tag));

/** The same over all environments of an organization, for those who look after them. */
export interface SummaryFilter extends VariableFilter {
  readonly projectId?: string | undefined;
  readonly environmentId?: string | undefined;
  /** Values that have been the same since before then: stale ones. */
  readonly valueChangedBefore?: Date | undefined;
  /** Those whose value is to be changed by then. */
  readonly rotationDueBefore?: Date | undefined;
}
