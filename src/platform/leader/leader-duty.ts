import type { ClientBase } from 'pg';

/** One process's time as leader. */
export interface Term {
  /** The connection that holds the lock: what is listened for on it ends with the term. */
  readonly client: ClientBase;
  /** Aborts when the term is over. What is begun after that another leader may do too. */
  readonly signal: AbortSignal;
}

/**
 * Work that one process of the installation does at a time. Leadership may pass unnoticed for a moment, so a duty must
 * bear being done twice.
 */
export abstract class LeaderDuty {
  /** Works until the term is over. */
  abstract serve(term: Term): Promise<void>;
}
