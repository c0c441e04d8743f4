import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { platformError } from '../errors/app-error.js';
import { transferOf } from './transfer.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Longest time the request may take, in seconds. */
    limitSeconds: number;
    /** The connection's side of the answer: it closes unfinished when the client goes. */
    response: ServerResponse | undefined;
  }
}

const signals = new WeakMap<FastifyRequest, AbortSignal>();

/** Lets every request have a deadline: one that moves a file has `transferSeconds`. */
export function addDeadlines(fastify: FastifyInstance, limitSeconds: number, transferSeconds: number): void {
  fastify.decorateRequest('limitSeconds', limitSeconds);
  fastify.decorateRequest('response', undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    request.response = reply.raw;
    if (transferOf(request)) request.limitSeconds = transferSeconds;
    done();
  });
}

/**
 * A signal that aborts when the request has taken its time (reason TIME_LIMIT_EXCEEDED) or its client has gone.
 * Made on first use: most requests end before they need one. Fastify's own onRequestAbort does not serve, since it
 * sees no client that goes after its body has been read.
 */
export function signalOf(request: FastifyRequest): AbortSignal {
  const known = signals.get(request);
  if (known) return known;
  const { response, limitSeconds } = request;
  const controller = new AbortController();
  signals.set(request, controller.signal);
  const gone = (): void => controller.abort(platformError('SERVICE_UNAVAILABLE'));
  if (response?.closed) {
    gone();
    return controller.signal;
  }
  const late = (): void => controller.abort(platformError('TIME_LIMIT_EXCEEDED'));
  const timer = setTimeout(late, limitSeconds * 1000).unref();
  response?.once('close', () => {
    clearTimeout(timer);
    if (!response.writableFinished) gone();
  });
  return controller.signal;
}
