import type { FastifyInstance, FastifyRequest } from 'fastify';
import { platformError } from '../errors/app-error.js';

interface Deadline {
  readonly controller: AbortController;
  readonly timer: NodeJS.Timeout;
}

const deadlines = new WeakMap<FastifyRequest, Deadline>();

declare module 'fastify' {
  interface FastifyRequest {
    /** Longest time the request may take, in seconds. */
    limitSeconds: number;
  }
}

/** Ends the deadline of requests that are answered or whose client has gone. */
export function addDeadlines(fastify: FastifyInstance, limitSeconds: number): void {
  fastify.decorateRequest('limitSeconds', limitSeconds);
  fastify.addHook('onResponse', (request, _reply, done) => {
    clearTimeout(deadlines.get(request)?.timer);
    done();
  });
  fastify.addHook('onRequestAbort', (request, done) => {
    deadlines.get(request)?.controller.abort(platformError('SERVICE_UNAVAILABLE'));
    done();
  });
}

/**
 * A signal that aborts when the request has taken its time (reason TIME_LIMIT_EXCEEDED) or its client has gone.
 * Made on first use: most requests end before they need one.
 */
export function signalOf(request: FastifyRequest): AbortSignal {
  const known = deadlines.get(request);
  if (known) return known.controller.signal;
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(platformError('TIME_LIMIT_EXCEEDED')),
    request.limitSeconds * 1000,
  ).unref();
  deadlines.set(request, { controller, timer });
  return controller.signal;
}
