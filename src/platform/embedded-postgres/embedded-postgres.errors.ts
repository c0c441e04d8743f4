/** The embedded server cannot be used. The message is meant for the operator: what happened and what to do next. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  /** Wraps whatever was thrown, so that a caller has one class to show. */
  static from(error: unknown, dataDir: string): EmbeddedPostgresError {
    if (error instanceof EmbeddedPostgresError) return error;
    const reason = error instanceof Error ? error.message : String(error);
    return new EmbeddedPostgresError(
      `The embedded PostgreSQL could not start in ${dataDir}: ${reason}. ` +
        'Make the folder writable and see that the disk has room, or set DATABASE_URL to a PostgreSQL server of your own.',
      { cause: error },
    );
  }
}
