import type { AppError } from '../errors/app-error.js';
import type { Surface } from './surface.js';

/** An error as one surface writes it. */
export interface PresentedError {
  readonly status: number;
  readonly body: unknown;
}

export type ErrorPresenter = (error: AppError, requestId: string, now: Date) => PresentedError;

const core: ErrorPresenter = (error, requestId) => ({
  status: error.row.status,
  body: {
    error: {
      type: error.row.type,
      code: error.code,
      message: error.message,
      ...(error.details && { details: error.details }),
      ...(error.retryAfterSeconds !== undefined && { retry_after: error.retryAfterSeconds }),
    },
    request_id: requestId,
  },
});

/** RFC 9457, for clients that ask for it by `Accept: application/problem+json`. */
export const presentProblem: ErrorPresenter = (error, requestId) => ({
  status: error.row.status,
  body: {
    type: 'about:blank',
    title: error.row.message,
    status: error.row.status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
    ...(error.details && { errors: [error.details] }),
  },
});

/**
 * How each surface words its errors. Dialects register theirs at start; a surface without one answers in the
 * core's shape.
 */
export class ErrorPresenters {
  private readonly bySurface = new Map<Surface, ErrorPresenter>();

  register(surface: Surface, presenter: ErrorPresenter): void {
    this.bySurface.set(surface, presenter);
  }

  present(surface: Surface, error: AppError, requestId: string): PresentedError {
    return (this.bySurface.get(surface) ?? core)(error, requestId, new Date());
  }
}
