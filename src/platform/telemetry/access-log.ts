import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { externalRoute } from '../http/surface.js';

/** The route's pattern: a real path may hold a name. */
const routeOf = ({ routeOptions }: FastifyRequest): string =>
  externalRoute(routeOptions.url ?? '')?.path ?? 'unmatched';

/** One line for every answered request. */
export function addAccessLog(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    logger.info({
      requestId: request.id,
      surface: request.surface,
      method: request.method,
      route: routeOf(request),
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
