import { CRYPTO_ERRORS } from '../../crypto/index.js';
import { STORAGE_ERRORS } from '../../platform/storage/storage.errors.js';
import { DOCUMENT_FAILURES } from '../documents/document-failure.js';

/** Why a document has no result, and what to do. */
const TEXTS: Readonly<Record<string, string>> = {
  ...DOCUMENT_FAILURES,
  GRANT_EXPIRED: CRYPTO_ERRORS.GRANT_EXPIRED.message,
  FILE_UNREADABLE: 'The stored file is missing or damaged, so it cannot be redacted. Ask the operator.',
  STORAGE_QUOTA_EXCEEDED: STORAGE_ERRORS.STORAGE_QUOTA_EXCEEDED.message,
  STORAGE_FULL: STORAGE_ERRORS.STORAGE_FULL.message,
  STORAGE_UNAVAILABLE: 'The storage of files did not answer for too long. Retry the job once it does.',
  DOCUMENT_GONE: 'The document was deleted meanwhile, so there is nothing to redact.',
  WORKER_LOST: 'Worker after worker ended while it redacted this. Simplify or split the document.',
  TASK_FAILED: 'An unexpected error; the log of the server says which. Retry the job.',
};

/** The public text of a code that a task ended with. */
export const failureText = (code: string): string =>
  TEXTS[code] ?? `The work failed with ${code}. Retry the job; its log says more.`;
