import { errorsOf } from '../errors/app-error.js';
import { defineErrors } from '../errors/error-registry.js';

export const STORAGE_ERRORS = defineErrors({
  STORAGE_FULL: {
    status: 507,
    type: 'insufficient_storage',
    message: "The server's storage is full. Nothing was kept. Ask the operator for room, then send it again.",
  },
  STORAGE_QUOTA_EXCEEDED: {
    status: 507,
    type: 'insufficient_storage',
    message: "The organization's storage is full. Delete documents, or ask the administrator for more.",
  },
  STORAGE_UNAVAILABLE: {
    status: 503,
    type: 'service_unavailable',
    message: 'The storage of files cannot be used right now. Retry shortly.',
  },
});

export const storageError = errorsOf(STORAGE_ERRORS);

/** A client that met an outage of the storage asks again after this. */
const RETRY_SECONDS = 5;

/** The 503 of a storage that failed; what it said goes to the log alone. */
export const storageUnavailable = (cause: unknown) =>
  storageError('STORAGE_UNAVAILABLE', { cause, retryAfterSeconds: RETRY_SECONDS });

/** There is no such object: whoever keeps its key refers to something that was deleted or lost. */
export class ObjectMissing extends Error {
  override readonly name = 'ObjectMissing';

  constructor(options?: { cause?: unknown }) {
    super('the object is not there', options);
  }
}
