import { PatternDeadlineError, PatternMatchesError } from '../../engine/custom-pattern.js';
import { EngineInputError } from '../../engine/engine-error.js';
import { DocumentFailure, type DocumentFailureCode } from '../document-failure.js';
import { isAbort } from './pdfium/pdfium-library.js';

/** Runs work on one page; a failure that names no page names this one. */
export function atPage<T>(page: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DocumentFailure && error.page === undefined) {
      throw new DocumentFailure(error.code, page, { cause: error });
    }
    throw error;
  }
}

/**
 * What an error of work on a document says about the document: whatever a library throws on a hostile file is never
 * success.
 */
export function failureOf(error: unknown, otherwise: DocumentFailureCode): unknown {
  if (error instanceof DocumentFailure) return error;
  return new DocumentFailure(codeOf(error) ?? otherwise, undefined, { cause: error });
}

function codeOf(error: unknown): DocumentFailureCode | undefined {
  if (error instanceof PatternDeadlineError || error instanceof PatternMatchesError)
    return 'PATTERN_TOO_COSTLY';
  if (error instanceof EngineInputError) return 'DOCUMENT_TOO_LARGE';
  return isAbort(error) ? 'DOCUMENT_TOO_COMPLEX' : undefined;
}
