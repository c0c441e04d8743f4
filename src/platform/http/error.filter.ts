import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { AppError } from '../errors/app-error.js';
import { toAppError } from '../errors/to-app-error.js';
import { LOGGER } from '../telemetry/logger.js';
import { ErrorPresenters, presentProblem } from './error-presenter.js';
import type { Surface } from './surface.js';

const wantsProblem = (accept: string | undefined): boolean =>
  accept?.split(',').some((part) => part.trim().toLowerCase().startsWith('application/problem+json')) ??
  false;

/** Words every error in its surface's shape and logs what the client must not see. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly presenters: ErrorPresenters,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = toAppError(thrown);
    if (error.row.status >= 500)
      this.logger.error({ requestId: request.id, code: error.code, err: traceOf(error) });
    if (reply.sent) return;
    const problem = wantsProblem(request.headers.accept);
    const { status, body } = problem
      ? presentProblem(error, request.id, new Date())
      : this.presenters.present(surfaceOf(request), error, request.id);
    if (error.row.status === 401) reply.header('www-authenticate', challengeOf(error));
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
    else if (status === 503) reply.header('retry-after', 1);
    const type = problem ? 'application/problem+json' : 'application/json';
    void reply.status(status).header('content-type', `${type}; charset=utf-8`).send(JSON.stringify(body));
  }
}

/** Errors of the router itself reach the filter before the first hook. */
const surfaceOf = (request: FastifyRequest): Surface => request.surface ?? 'core';

/** RFC 6750 §3: the reason is named only when a credential was sent. */
const challengeOf = (error: AppError): string =>
  error.details?.constraint === 'invalid'
    ? 'Bearer realm="redoubt", error="invalid_token"'
    : 'Bearer realm="redoubt"';

/** Names and stack frames only: a message may quote a value, as PostgreSQL's and V8's do. */
function traceOf(error: AppError): { name: string; code?: unknown; frames: string[] } {
  const cause = error.cause instanceof Error ? error.cause : error;
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in cause ? cause.code : undefined;
  return { name: cause.name, ...(code !== undefined && { code }), frames: frames.slice(0, 12) };
}
