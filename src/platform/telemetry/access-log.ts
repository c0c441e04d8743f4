import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { routePattern } from './http-metrics.js';

/** One line for every answered request. Of its path it holds the route's pattern: a path may hold a name. */
export function addAccessLog(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    logger.info({
      requestId: request.id,
      surface: request.surface,
      method: request.method,
      route: routePattern(request.routeOptions.url),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(request.principal && {
        organizationId: request.principal.organizationId,
        credentialId: request.principal.credential.id,
      }),
    });
    done();
  });
}
