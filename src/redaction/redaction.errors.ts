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
  RESOURCE_ARCHIVED: {
    status: 422,
    type: 'unprocessable',
    message: 'This resource is archived. Set its status to active to use it again.',
  },
  RESULT_TOO_LARGE: {
    status: 422,
    type: 'unprocessable',
    message: 'The tokens stand for more than 100 MiB of text. Send less at once.',
  },
  INVALID_DATA: {
    status: 400,
    type: 'validation_error',
    message: "'data' does not have the stated format.",
  },
});

export const redactionError = errorsOf(REDACTION_ERRORS);
