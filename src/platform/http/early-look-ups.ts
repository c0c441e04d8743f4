import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

/**
 * What a feature begins to look up once a request is let in, while its body is still on the way. Made a provider by its feature. What was
 * looked up for something else than the request turns out to be about is not used.
 */
export abstract class EarlyLookUps {
  /** @param principal as its credential has it: at home, whatever the request names */
  abstract begin(request: FastifyRequest, principal: Principal): void;
}

/** To be called once what lets requests in has its hook. */
export function addEarlyLookUps(fastify: FastifyInstance, all: readonly EarlyLookUps[]): void {
  fastify.addHook('onRequest', (request, _, done) => {
    const { principal } = request;
    if (principal) for (const lookUps of all) lookUps.begin(request, principal);
    done();
  });
}
