import { statusWithout422 } from '../../platform/errors/error-registry.js';
import type { ErrorPresenter } from '../../platform/http/error-presenter.js';

/** KeyNest's headline where its document has one; else the message itself is the headline. */
const HEADLINES: Readonly<Record<string, string>> = {
  VALIDATION_ERROR: 'Validation failed',
  RATE_LIMIT_EXCEEDED: 'Rate limit exceeded',
  INVALID_CREDENTIALS: 'Invalid credentials',
  ACCOUNT_DISABLED: 'Account is disabled',
  EMAIL_TAKEN: 'Validation failed',
  USERNAME_TAKEN: 'Validation failed',
  IMPORT_REFUSED: 'Import failed',
};

export const presentKeynestError: ErrorPresenter = (error, _requestId, now) => {
  const headline = HEADLINES[error.code];
  const { details } = error;
  return {
    status: statusWithout422(error.row.status),
    body: {
      error: headline ?? error.message,
      ...(headline && { details: details ? { [details.field]: [error.message] } : error.message }),
      code: error.code,
      timestamp: now.toISOString(),
    },
  };
};
