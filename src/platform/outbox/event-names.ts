import type { Tx } from '../database/unit-of-work.js';

/** What can stand in an event by its id and has a name that is personal. */
export type NamedKind = 'document' | 'user';

/** A name, and for a file what stands in its place where names may not be told. */
export interface EventName {
  /** A file's name; a person's e-mail address. */
  readonly name: string;
  /** `<id>.<format>`, or the id. */
  readonly standIn: string;
}

/**
 * Gives what events mention their names, when they leave. Events themselves hold ids alone, so that a name that was erased is
 * gone from them too. A feature that knows names of a kind makes it a provider of its module.
 */
export abstract class EventNames {
  abstract readonly kind: NamedKind;

  /** By id, as an organization knows them; what is gone, erased or foreign is left out. */
  abstract find(
    organizationId: string,
    ids: readonly string[],
    db: Tx,
  ): Promise<ReadonlyMap<string, EventName>>;
}
