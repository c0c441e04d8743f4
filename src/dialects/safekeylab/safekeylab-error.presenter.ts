import type { AppError, ErrorDetails } from '../../platform/errors/app-error.js';
import { safekeylabCode, statusWithout422 } from '../../platform/errors/error-registry.js';
import type { ErrorPresenter } from '../../platform/http/error-presenter.js';

const isMissing = (details: ErrorDetails | undefined): boolean => details?.constraint === 'required';

const detailsOf = ({ field, constraint, allowed }: ErrorDetails) => ({
  parameter: field,
  type: constraint === 'required' ? 'missing' : constraint,
  ...(allowed && { allowed }),
});

const messageOf = ({ message, details }: AppError): string =>
  details && isMissing(details) ? `Missing required parameter: ${details.field}` : message;

/** The one code of ours that SafeKeyLab's clients may want to tell apart travels as the detail's type. */
export const presentSafekeylabError: ErrorPresenter = (error, requestId) => ({
  status: statusWithout422(error.row.status),
  body: {
    error: {
      code: safekeylabCode(error.row),
      message: messageOf(error),
      ...(error.details && { details: detailsOf(error.details) }),
    },
    request_id: requestId,
  },
});
