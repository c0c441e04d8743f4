import { FILES_ERRORS, REDACTABLE_FORMATS } from '../../files/index.js';
import { AppError, platformError } from '../../platform/errors/app-error.js';
import { redactionError } from '../redaction.errors.js';

/** Most documents that an error names. */
const MOST_NAMED = 10;

const FIELD = 'document_ids';

/** Ids as an error names them: the first ones, and how many more there are. */
export function listOf(ids: readonly string[]): string {
  const named = ids.slice(0, MOST_NAMED).join(', ');
  return ids.length > MOST_NAMED ? `${named} and ${ids.length - MOST_NAMED} more` : named;
}

export const nothingToRedact = () =>
  redactionError('NOTHING_TO_REDACT', { details: { field: FIELD, constraint: 'minItems' } });

/** @param index of the document that is not there, of another project, or of another tenant; all look alike */
export const noSuchDocument = (index: number) =>
  platformError('NOT_FOUND', { details: { field: `${FIELD}[${index}]`, constraint: 'exists' } });

export const notRedactable = (ids: readonly string[]) =>
  new AppError('FORMAT_NOT_REDACTABLE', FILES_ERRORS.FORMAT_NOT_REDACTABLE, {
    message: `Documents of these formats cannot be redacted yet: ${listOf(ids)}. Leave them out, or convert them to ${REDACTABLE_FORMATS.join(', ')}, and upload that.`,
    details: { field: FIELD, constraint: 'format', allowed: REDACTABLE_FORMATS },
  });

export const redactionRunning = (ids: readonly string[]) =>
  redactionError('REDACTION_RUNNING', {
    message: `These documents are being redacted: ${listOf(ids)}. Wait for that to end, cancel its job, or name others in '${FIELD}'.`,
    details: { field: FIELD, constraint: 'idle' },
  });
