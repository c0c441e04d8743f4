import type { AppError } from '../../platform/errors/app-error.js';
import { DocumentFailure, type DocumentFailureCode } from '../documents/document-failure.js';
import { documentError } from '../redaction.errors.js';

/** Where it is not the document itself that has to be changed. */
const FIELDS: Partial<Record<DocumentFailureCode, string>> = {
  DOCUMENT_ENCRYPTED: 'encrypted_document_password',
  DOCUMENT_PASSWORD_WRONG: 'encrypted_document_password',
  REGIONS_UNSUPPORTED: 'policy.regions',
  PATTERN_TOO_COSTLY: 'policy.custom_patterns',
};

/** A document that cannot be looked at, as an error of the API; undefined for anything else. */
export function documentRefusal(error: unknown): AppError | undefined {
  if (!(error instanceof DocumentFailure)) return undefined;
  const { code, page } = error;
  const details = { field: FIELDS[code] ?? 'id', constraint: 'redactable', ...(page && { page }) };
  return documentError(code, { cause: error, details });
}
