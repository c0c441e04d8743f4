import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { externalRoute } from '../http/surface.js';
import { activeRequests, requestDuration } from './metrics.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Code of the error the request was answered with. */
    errorCode: string | undefined;
  }
}

/** Of a request that no route answers: its path may hold anything. */
const NO_ROUTE = 'unmatched';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/** What a method outside the usual ones is counted as (OpenTelemetry, http.request.method). */
const OTHER_METHOD = '_OTHER';

/** A route as clients know it, its parameters as the contract writes them: `/api/v1/api-keys/{id}`. */
function patternOf(internal: string): string {
  const route = externalRoute(internal)?.path ?? NO_ROUTE;
  return route.replaceAll(/:(\w+)/g, '{$1}');
}

const patterns = new Map<string, string>();

/** The pattern of the route that took the request, never its path. */
export function routePattern(internal: string | undefined): string {
  if (internal === undefined) return NO_ROUTE;
  const known = patterns.get(internal);
  if (known !== undefined) return known;
  const pattern = patternOf(internal);
  patterns.set(internal, pattern);
  return pattern;
}

/**
 * Why a request ended badly, in words that code chose: the error's code of a 5xx, its status when it has none, or that
 * the client left before the answer was whole. Empty, which Prometheus reads as absent, for everything else.
 */
function errorType(response: ServerResponse, request: FastifyRequest | undefined): string {
  if (!response.writableFinished) return 'client_gone';
  if (response.statusCode < 500) return '';
  return request?.errorCode ?? String(response.statusCode);
}

/**
 * Measures every request the server can read, those that the router refuses included. The server's own event is
 * used, since Fastify's hooks see neither those nor a client that leaves before its answer.
 */
export function addHttpMetrics(fastify: FastifyInstance): void {
  const routed = new WeakMap<IncomingMessage, FastifyRequest>();
  fastify.decorateRequest('errorCode', undefined);
  fastify.addHook('onRequest', (request, _reply, done) => {
    routed.set(request.raw, request);
    done();
  });
  fastify.server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    const started = performance.now();
    activeRequests.inc();
    response.once('close', () => {
      activeRequests.dec();
      const request = routed.get(message);
      const method = message.method ?? '';
      const labels = {
        http_request_method: METHODS.has(method) ? method : OTHER_METHOD,
        http_route: routePattern(request?.routeOptions.url),
        http_response_status_code: response.headersSent ? response.statusCode : '',
        error_type: errorType(response, request),
      };
      requestDuration.observe(labels, (performance.now() - started) / 1000);
    });
  });
}
