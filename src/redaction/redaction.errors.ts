import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors, type ErrorRow } from '../platform/errors/error-registry.js';
import { DOCUMENT_FAILURES, type DocumentFailureCode } from './documents/document-failure.js';

export const REDACTION_ERRORS = defineErrors({
  NOT_A_TABLE: {
    status: 422,
    type: 'unprocessable',
    message:
      'This method works on tables alone. Send CSV text with format "csv", or a JSON array of flat objects.',
  },
  TABLE_UNSUITABLE: {
    status: 422,
    type: 'unprocessable',
    message: 'The table cannot be released as asked. Ask for less, or send more rows.',
  },
  COLUMN_UNKNOWN: {
    status: 422,
    type: 'unprocessable',
    message: 'An option names a column that the table does not have.',
  },
  PRIVACY_BUDGET_SPENT: {
    status: 422,
    type: 'unprocessable',
    message: 'The data set has less epsilon left than this release asks for.',
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
  NOTHING_TO_REDACT: {
    status: 422,
    type: 'unprocessable',
    message: 'The project has no documents. Upload some first.',
  },
  REDACTION_RUNNING: {
    status: 409,
    type: 'conflict',
    message: 'Some of the documents are being redacted. Wait for that to end, or cancel its job.',
  },
  PAGES_UNSUPPORTED: {
    status: 422,
    type: 'unprocessable',
    message:
      'Documents of this format have no pages that could be shown. Preview what would be removed instead.',
  },
  PAGE_OUT_OF_RANGE: {
    status: 422,
    type: 'unprocessable',
    message: 'The document has no such page. Its preview says how many there are.',
  },
  NOTHING_TO_DOWNLOAD: {
    status: 422,
    type: 'unprocessable',
    message: 'No document of the project has a redacted file yet. Redact some first.',
  },
  RESULT_TOO_LARGE: {
    status: 422,
    type: 'unprocessable',
    message: 'The tokens stand for more than 100 MiB of text. Send less at once.',
  },
  MODEL_UNAVAILABLE: {
    status: 422,
    type: 'unprocessable',
    message:
      "Accurate mode needs a model, and this server has none. Use mode 'fast', or let REDOUBT_NER_MODEL name the folder of one as docs/redaction.md describes.",
  },
  SEARCH_FAILED: {
    status: 503,
    type: 'service_unavailable',
    message:
      'The search of this data has broken off, for want of memory perhaps. Retry, or send less at once.',
  },
  MODEL_FAILED: {
    status: 503,
    type: 'service_unavailable',
    message:
      "The model of accurate mode has failed or taken too long. Retry, send less at once, or use mode 'fast'.",
  },
  VALUE_TOO_SHORT: {
    status: 422,
    type: 'unprocessable',
    message: 'The value has fewer than three letters and digits, which stand in too many places by chance.',
  },
  INVALID_DATA: {
    status: 400,
    type: 'validation_error',
    message: "'data' does not have the stated format.",
  },
});

export const redactionError = errorsOf(REDACTION_ERRORS);

/** Why a document cannot be redacted, where somebody waits to be told. */
const DOCUMENT_ERRORS = Object.fromEntries(
  Object.entries(DOCUMENT_FAILURES).map(([code, message]): [string, ErrorRow] => [
    code,
    { status: 422, type: 'unprocessable', message },
  ]),
) as Record<DocumentFailureCode, ErrorRow>;

export const documentError = errorsOf(DOCUMENT_ERRORS);
