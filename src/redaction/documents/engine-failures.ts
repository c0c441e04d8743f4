import { PatternDeadlineError, PatternMatchesError } from '../engine/custom-pattern.js';
import { EngineInputError, type EngineInputErrorCode } from '../engine/engine-error.js';
import { DocumentFailure, type DocumentFailureCode } from './document-failure.js';

const CODES: Readonly<Record<EngineInputErrorCode, DocumentFailureCode>> = {
  TOO_MANY_FINDINGS: 'DOCUMENT_TOO_LARGE',
  TOO_REPETITIVE: 'DOCUMENT_TOO_COMPLEX',
  TOO_DEEP: 'DOCUMENT_TOO_COMPLEX',
  INVALID_JSON: 'DOCUMENT_INVALID',
  INVALID_CSV: 'DOCUMENT_INVALID',
};

/** What the engine refuses, as what is wrong with the document; anything else as it is. */
export function documentFailureOf(error: unknown): unknown {
  if (error instanceof EngineInputError) return new DocumentFailure(CODES[error.code]);
  if (error instanceof PatternDeadlineError || error instanceof PatternMatchesError)
    return new DocumentFailure('PATTERN_TOO_COSTLY');
  return error;
}

/** @throws DocumentFailure for what the engine refuses */
export async function withDocumentFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw documentFailureOf(error);
  }
}
