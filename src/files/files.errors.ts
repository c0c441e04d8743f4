import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';
import { FORMATS, REDACTABLE_FORMATS } from './formats/file-format.js';

export const FILES_ERRORS = defineErrors({
  FILE_TOO_LARGE: {
    status: 413,
    type: 'payload_too_large',
    message: 'The file is larger than may be sent.',
  },
  INVALID_FILE_FORMAT: {
    status: 422,
    type: 'unprocessable',
    message: `The content is of no supported format, or is not what the file's extension says. Supported: ${FORMATS.join(', ')}.`,
  },
  FORMAT_NOT_REDACTABLE: {
    status: 422,
    type: 'unprocessable',
    message: `No redacted copy can be made of this format. It can of: ${REDACTABLE_FORMATS.join(', ')}.`,
  },
  DOCUMENT_EXISTS: {
    status: 409,
    type: 'conflict',
    message: 'The project has a document of that name. Delete it first, or give this one another name.',
  },
  FILE_UNREADABLE: {
    status: 500,
    type: 'internal_error',
    message:
      'The stored file is missing or damaged, so none of it is sent. Ask the operator, and quote the request id.',
  },
});

export const filesError = errorsOf(FILES_ERRORS);

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB'] as const;

/** A number of bytes as people read it: in the largest unit that leaves it whole. */
function sizeText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value % 1024 === 0 && unit < UNITS.length - 1 && value > 0) {
    value /= 1024;
    unit += 1;
  }
  return `${value} ${UNITS[unit]}`;
}

/** The 413 of a file beyond a limit, in bytes. */
export const fileTooLarge = (limit: number) =>
  filesError('FILE_TOO_LARGE', {
    message: `The file is larger than ${sizeText(limit)}.`,
    details: { field: 'file', constraint: 'maximum' },
  });

export const notRedactable = () =>
  filesError('FORMAT_NOT_REDACTABLE', {
    details: { field: 'redact', constraint: 'format', allowed: REDACTABLE_FORMATS },
  });

export const invalidFormat = () =>
  filesError('INVALID_FILE_FORMAT', {
    details: { field: 'file', constraint: 'format', allowed: FORMATS },
  });
