import type { Tx } from '../database/unit-of-work.js';
import type { StoredEvent } from './event.js';

/**
 * Does something about events of other features. A feature makes it a provider of its module, which API and worker both
 * have: whoever writes an event notes for whom, and the leader of the workers hands it over.
 */
export abstract class EventConsumer {
  /** Of its deliveries, in the database: unique, and kept for as long as any wait. */
  abstract readonly name: string;
  /**
   * Names of the events it is told of; those that are written from then on. Or all events of the organizations for which it
   * listens, see {@link EventListeners}: where nobody does, they cost nothing.
   */
  abstract readonly events: readonly string[] | 'all';
  /** Whether it is told of its events by {@link promptly} too. */
  readonly isPrompt: boolean = false;

  /**
   * Runs when the transaction that wrote the event has committed, before whoever caused it is answered; never where the process
   * dies in between, so {@link handle} must do it again. Must not throw, and not take long.
   */
  async promptly(_event: StoredEvent): Promise<void> {}

  /**
   * Runs in the transaction that strikes out the delivery, so that its effect happens once. Events come one by one, in
   * the order of their ids; one that could not be taken comes again later, after others. Short. What it throws is
   * tried again with growing pauses, and given up after some hours.
   */
  abstract handle(event: StoredEvent, tx: Tx): Promise<void>;
}
