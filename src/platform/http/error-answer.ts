import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../errors/app-error.js';
import { type ErrorPresenters, presentProblem } from './error-presenter.js';

const wantsProblem = (accept: string | undefined): boolean =>
  accept?.split(',').some((part) => part.trim().toLowerCase().startsWith('application/problem+json')) ??
  false;

/** RFC 6750 §3: the reason is named only when a credential was sent. */
const challengeOf = (error: AppError): string =>
  error.details?.constraint === 'invalid'
    ? 'Bearer realm="redoubt", error="invalid_token"'
    : 'Bearer realm="redoubt"';

/** Answers a request with an error, in its surface's shape or, when asked for, as RFC 9457. */
export function answerError(
  presenters: ErrorPresenters,
  error: AppError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  request.errorCode = error.code;
  const problem = wantsProblem(request.headers.accept);
  const { status, body } = problem
    ? presentProblem(error, request.id, new Date())
    : presenters.present(request.surface, error, request.id);
  if (error.row.status === 401) reply.header('www-authenticate', challengeOf(error));
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
  else if (status === 503) reply.header('retry-after', 1);
  const type = problem ? 'application/problem+json' : 'application/json';
  void reply.status(status).header('content-type', `${type}; charset=utf-8`).send(JSON.stringify(body));
}
