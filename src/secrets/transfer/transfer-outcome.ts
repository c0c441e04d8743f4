import { MOST_VARIABLES, secretsError } from '../secrets.errors.js';
import type { BulkOutcome } from '../variables/bulk-changes.service.js';

/** Why something was not taken, and where it stands. */
export interface TransferRefusal {
  /** Null where no name could be made out. */
  readonly key: string | null;
  /** Counted from 1; null where that is not known. */
  readonly line: number | null;
  readonly reason: string;
  /** Says what to change; never holds a value. */
  readonly message: string;
}

/** What bringing variables into an environment does, or would do. */
export interface TransferOutcome extends BulkOutcome {
  /** Always empty once it was done: any refusal is an error then. */
  readonly refused: readonly TransferRefusal[];
}

const EXISTS = 'The environment has this variable with another value. Allow overwriting, or leave it out.';

const existing = (key: string): TransferRefusal => ({
  ...{ key, line: null, reason: 'VARIABLE_EXISTS' },
  message: EXISTS,
});

/** A preview where existing variables are not to be overwritten: whatever would change is refused. */
export const refuseChanged = (outcome: BulkOutcome): TransferOutcome => ({
  ...outcome,
  changed: [],
  refused: outcome.changed.map(existing),
});

/** @throws AppError VARIABLE_EXISTS naming the first variable that was changed */
export function assertNoneChanged({ changed }: BulkOutcome): void {
  const [first] = changed;
  if (first === undefined) return;
  const message = `The environment has ${changed.length} of these variables with another value, the first of them ${first}. Nothing was changed; allow overwriting, or leave them out.`;
  throw secretsError('VARIABLE_EXISTS', { message, details: { field: first, constraint: 'unique' } });
}

/** That what a preview plans would fit. @throws AppError TOO_MANY_VARIABLES */
export function assertRoom({ environment, added, removed }: BulkOutcome): void {
  const more = added.length - removed.length;
  if (more > 0 && environment.variableCount + more > MOST_VARIABLES) throw secretsError('TOO_MANY_VARIABLES');
}
