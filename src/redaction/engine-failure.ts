import { type AppError, platformError } from '../platform/errors/app-error.js';
import { PatternDeadlineError, PatternMatchesError } from './engine/custom-pattern.js';
import { EngineInputError } from './engine/engine-error.js';
import { StatisticsError } from './engine/statistics/statistics-error.js';
import { redactionError } from './redaction.errors.js';
import { DocumentTimeLimitError } from './time-limit.js';

/** The engine's refusals as errors of the API; undefined for anything that is no refusal. */
export function refusalOf(error: unknown, field: string): AppError | undefined {
  if (error instanceof EngineInputError) {
    const constraint = error.code.toLowerCase();
    return redactionError('INVALID_DATA', { message: error.message, details: { field, constraint } });
  }
  if (error instanceof StatisticsError) {
    const { code, message, option } = error;
    const details = {
      field: option === undefined ? field : `privacy.${option}`,
      constraint: code.toLowerCase(),
    };
    return redactionError(code, { message, details });
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
  if (error instanceof DocumentTimeLimitError) {
    const details = { field: 'processor_id', constraint: 'timeout' };
    return platformError('TIME_LIMIT_EXCEEDED', { message: error.message, details });
  }
  return undefined;
}
