import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { describeError } from '../errors/describe-error.js';
import { toAppError } from '../errors/to-app-error.js';
import { LOGGER } from '../telemetry/logger.js';
import { answerError } from './error-answer.js';
import { ErrorPresenters } from './error-presenter.js';

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
    // A maintenance is meant: it is no fault to be looked into.
    if (error.row.status >= 500 && error.code !== 'MAINTENANCE' && !isAbandoned(request))
      this.logger.error({ requestId: request.id, code: error.code, err: describeError(error) });
    if (!reply.sent) answerError(this.presenters, error, request, reply);
  }
}

/** The client has gone: what became of its request is no fault of ours. */
const isAbandoned = ({ response }: FastifyRequest): boolean =>
  response?.closed === true && !response.writableFinished;
