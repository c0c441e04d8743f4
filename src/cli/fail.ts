import { SettingsError } from '../platform/config/settings.js';
import { EmbeddedPostgresError } from '../platform/embedded-postgres/embedded-postgres.errors.js';
import { StartError } from '../platform/errors/start-error.js';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** Errors of pg's connection, by what the person can do about them. */
function databaseMessage(code: string): string | undefined {
  if (/^E(?:CONNREFUSED|HOSTUNREACH|TIMEDOUT|NOTFOUND|AI_AGAIN|CONNRESET)$/.test(code)) {
    return `The database of DATABASE_URL cannot be reached (${code}). Check its host and port, and that the server runs.`;
  }
  if (code === '28P01' || code === '28000')
    return 'The database refused the user or password of DATABASE_URL.';
  if (code === '3D000')
    return 'The database named in DATABASE_URL does not exist. Create it, then start again.';
  if (code === '57P03') return 'The database is starting up or shutting down. Start again in a moment.';
  return undefined;
}

/** A start's error as one message for the terminal. Foreign messages are not repeated: they may quote a password. */
export function explain(error: unknown): string {
  if (
    error instanceof StartError ||
    error instanceof SettingsError ||
    error instanceof EmbeddedPostgresError
  ) {
    return error.message;
  }
  if (error instanceof Error && /timeout/i.test(error.message)) {
    return 'The database of DATABASE_URL does not answer. Check its host and port, and that the server runs.';
  }
  const known = databaseMessage(codeOf(error));
  if (known) return known;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Redoubt could not start.\n${stack}`;
}

/** Prints why the start failed and ends the process with exit code 1. */
export function failStart(error: unknown): never {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exit(1);
}
