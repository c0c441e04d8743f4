import pg, { type ClientConfig } from 'pg';

/**
 * A connection whose loss never ends the process. A server that shuts down tells so more than once, and between two
 * borrowers nobody listens: an error event without a listener would be thrown. Whoever uses the connection learns of
 * it by the queries that fail.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => {});
  }
}
