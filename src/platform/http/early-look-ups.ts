import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

/**
 * What a feature begins to look up as soon as a request comes, for whom its credential stood for when it was let in last: while that is
 * asked anew, and its body is on the way. Made a provider by its feature. What was looked up for something else than the request turns
 * out to be about is not used.
 */
export abstract class EarlyLookUps {
  /** @param principal as their credential has them: at home, whatever the request names */
  abstract begin(request: FastifyRequest, principal: Principal): void;
}

/** @param foreseen for whom a request probably is; undefined when nobody can tell */
export function addEarlyLookUps(
  fastify: FastifyInstance,
  all: readonly EarlyLookUps[],
  foreseen: (request: FastifyRequest) => Principal | undefined,
): void {
  fastify.addHook('onRequest', (request, _, done) => {
    const principal = foreseen(request);
    if (principal) for (const lookUps of all) lookUps.begin(request, principal);
    done();
  });
}
