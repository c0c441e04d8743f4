import type { Reference } from './reference.js';

/** A variable and where it stands. */
export interface PlacedVariable {
  /** The id of its environment. */
  readonly place: string;
  readonly key: string;
  readonly value: string;
}

export type LookedUp =
  | ({ readonly status: 'found' } & PlacedVariable)
  | { readonly status: 'missing' }
  | { readonly status: 'forbidden' };

/** Must check the reader's permission, and answer `missing` for what the reader must not know of. */
export type Lookup = (reference: Reference, fromPlace: string) => Promise<LookedUp>;

export interface ReferenceProblem {
  /** As it is written. */
  readonly reference: string;
  readonly reason: 'missing' | 'forbidden' | 'cycle' | 'depth' | 'too_large';
}

/** `value` is the resolved one; a reference with a problem, here or in a value this one needs, stays in it as it is written. */
export interface ResolvedVariable extends PlacedVariable {
  /** Those of the values this one needs are among them. */
  readonly problems: ReferenceProblem[];
}

/** One for each start, in their order. */
export type Resolution = ResolvedVariable[];
