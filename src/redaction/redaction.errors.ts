import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

export const REDACTION_ERRORS = defineErrors({
  METHOD_NOT_AVAILABLE: {
    status: 422,
    type: 'unprocessable',
    message: 'This method is not available on this server.',
  },
  PATTERN_REFUSED: {
    status: 422,
    type: 'unprocessable',
    message: 'A custom pattern cannot be matched in linear time.',
  },
  PATTERN_TOO_COSTLY: {
    status: 422,
    type: 'unprocessable',
    message: 'The custom patterns cost too much on this data. Simplify them or send less data at once.',
  },
  INVALID_DATA: {
    status: 400,
    type: 'validation_error',
    message: "'data' does not have the stated format.",
  },
});

export const redactionError = errorsOf(REDACTION_ERRORS);
