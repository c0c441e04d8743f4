import type { FastifyInstance } from 'fastify';
import { routeConfigOf } from '../limits/route-limits.js';
import { deprecationHeaders } from './deprecation.js';

/** Says on every answer of a deprecated operation, errors included, when it will go. */
export function addDeprecations(fastify: FastifyInstance, publicUrl = ''): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { deprecated } = routeConfigOf(request);
    if (deprecated) reply.headers(deprecationHeaders(deprecated, publicUrl));
    done();
  });
}
