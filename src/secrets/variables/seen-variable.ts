import { HIDDEN, type Variable } from './variable.js';

/** A variable as somebody may see it. */
export interface SeenVariable extends Variable {
  /** Whether its value is not shown to them. */
  readonly isHidden: boolean;
}

/** What a reader sees of a variable. */
export const seen = (variable: Variable, reveals: boolean): SeenVariable =>
  reveals ? { ...variable, isHidden: false } : { ...variable, value: HIDDEN, isHidden: true };
