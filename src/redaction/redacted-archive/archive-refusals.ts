import { redactionError } from '../redaction.errors.js';
import { listOf } from '../redactions/redaction-refusals.js';

const details = { field: 'document_ids', constraint: 'redacted' };

export const nothingToDownload = () => redactionError('NOTHING_TO_DOWNLOAD', { details });

/** @param ids of documents that were asked for and have no redacted file */
export const notRedacted = (ids: readonly string[]) =>
  redactionError('NOTHING_TO_DOWNLOAD', {
    message: `These documents have no redacted file yet: ${listOf(ids)}. Redact them first, or leave them out.`,
    details,
  });
