import type { AppError } from '../platform/errors/app-error.js';
import { PatternDeadlineError, PatternMatchesError } from './engine/custom-pattern.js';
import { EngineInputError } from './engine/engine-error.js';
import { redactionError } from './redaction.errors.js';

/** The engine's refusals as errors of the API; undefined for anything that is no refusal. */
export function refusalOf(error: unknown, field: string): AppError | undefined {
  if (error instanceof EngineInputError) {
    const constraint = error.code.toLowerCase();
    return redactionError('INVALID_DATA', { message: error.message, details: { field, constraint } });
  }
  if (error instanceof PatternDeadlineError || error instanceof PatternMatchesError) {
    return redactionError('PATTERN_TOO_COSTLY', {
      message: error.message,
      details: {
        field: 'custom_patterns',
        constraint: error instanceof PatternDeadlineError ? 'deadline' : 'matches',
      },
    });
  }
  return undefined;
}
