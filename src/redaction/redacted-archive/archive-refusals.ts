import { redactionError } from '../redaction.errors.js';

/** Most documents that an error names. */
const MOST_NAMED = 10;

const details = { field: 'document_ids', constraint: 'redacted' };

export const nothingToDownload = () => redactionError('NOTHING_TO_DOWNLOAD', { details });

/** @param ids of documents that were asked for and have no redacted file */
export function notRedacted(ids: readonly string[]) {
  const named = ids.slice(0, MOST_NAMED).join(', ');
  const rest = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  const message = `These documents have no redacted file yet: ${named}${rest}. Redact them first, or leave them out.`;
  return redactionError('NOTHING_TO_DOWNLOAD', { message, details });
}
