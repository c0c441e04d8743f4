import type { Variable } from './variable.js';

/** A variable without what it keeps secret. */
export interface VariableSummary extends Omit<Variable, 'value' | 'note'> {
  readonly environmentName: string;
}

/** Variables of an organization whose value is the same. */
export interface DuplicateRow {
  /** Which variables belong together: each group has another number. */
  readonly group: number;
  readonly id: string;
  readonly key: string;
  readonly environmentId: string;
  readonly environmentName: string;
  readonly projectId: string;
  readonly valueChangedAt: Date;
}
