import pg, { type ClientConfig, type QueryConfig } from 'pg';
import { preparedName } from './prepared.js';

/**
 * A connection whose loss never ends the process. A server that shuts down tells so more than once, and between two
 * borrowers nobody listens: an error event without a listener would be thrown. Whoever uses the connection learns of
 * it by the queries that fail. Statements that are {@link prepared} go by their names.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => {});
  }

  /** What it answers with is what the overloads of the driver say. */
  override query(statement: unknown, values?: unknown, callback?: unknown): never {
    const name = typeof statement === 'string' && Array.isArray(values) ? preparedName(statement) : undefined;
    const query = super.query as (...asked: unknown[]) => unknown;
    if (name === undefined) return query.call(this, statement, values, callback) as never;
    const config = { name, text: statement, values } as QueryConfig;
    return query.call(this, config, callback) as never;
  }
}
