import type { AnonymityReport } from '../engine/statistics/k-anonymity.js';

/** Epsilon of a data set, in millionths. */
export interface BudgetState {
  readonly budget: number;
  readonly spent: number;
}

export interface ReleaseReport {
  /** In millionths: what this release is worth, and what it was charged, 0 for a repetition. */
  readonly epsilon: number;
  readonly charged: number;
  readonly state: BudgetState;
  /** Columns whose domain was read off the data. */
  readonly inferred: readonly string[];
  readonly omitted: readonly string[];
}

/** What a statistical method reached, what it cost, and what it had to guess. */
export type PrivacyReport =
  | ({ readonly method: 'k_anonymity' } & AnonymityReport)
  | ({ readonly method: 'differential_privacy' } & ReleaseReport);
