import type { Tx } from '../database/unit-of-work.js';
import type { SoughtValue } from './sought-value.js';

/** One erasure under way, or its rehearsal. */
export interface ErasureRun {
  readonly id: string;
  /** Whose things are to be looked at. */
  readonly organizationId: string;
  /** Counts what there is and changes nothing. */
  readonly isRehearsal: boolean;
  /** Aborts when nothing counts any more that is done. */
  readonly signal: AbortSignal;
  /**
   * Adds to what the erasure has come to, in the transaction that destroys it, so that a repetition counts nothing twice.
   * @param kind what was destroyed, in the plural: `tokens`
   * @param tx left out in a rehearsal
   */
  note(kind: string, count: number, tx?: Tx): Promise<void>;
}

/** Whom an erasure is about. */
export interface ErasedPerson {
  readonly id: string;
  /** Their account goes with all that is theirs; without, only what the organization has of them does. */
  readonly withAccount: boolean;
}

/** A version of a variable that was destroyed. */
export interface DestroyedVersion {
  readonly variableId: string;
  readonly version: number;
  /** Whoever destroyed it. */
  readonly destroyedBy: string;
}

/**
 * What a feature has of people. A feature makes this a provider of a module that API, worker and the restoring start share. Every
 * step is a short transaction; all of it may be done again at any time, by several at once, and then finds nothing more.
 */
export abstract class ErasableContents {
  /** Comes behind all others: what these must know of a person goes with it. */
  readonly isLast: boolean = false;

  /** Destroys, or blanks out, what holds a value. */
  async eraseValue(_value: SoughtValue, _run: ErasureRun): Promise<void> {}

  /** Destroys what an organization has of a person. */
  async eraseUser(_person: ErasedPerson, _run: ErasureRun): Promise<void> {}

  /** Destroys what there is of a project that was deleted once. */
  async eraseProject(_projectId: string, _run: ErasureRun): Promise<void> {}

  /** Destroys what there is of an environment that was deleted once. */
  async eraseEnvironment(_environmentId: string, _run: ErasureRun): Promise<void> {}

  /** Destroys a version of a variable again. */
  async eraseVersion(_version: DestroyedVersion, _run: ErasureRun): Promise<void> {}

  /** Ends an organization that was deleted once, its keys first. */
  async eraseOrganization(_run: ErasureRun): Promise<void> {}
}
