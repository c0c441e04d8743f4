import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { CountedAllowance } from './allowance.js';
import { rateLimitHeaders } from './rate-limit-headers.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request's plan allows and what is left of it; set before the body is read. */
    allowance: CountedAllowance | undefined;
  }
}

/** Notes the allowance and writes its headers on the connection's side of the answer, so that streams have them too. */
export function writeAllowance(
  allowance: CountedAllowance,
  request: FastifyRequest,
  response: ServerResponse,
): void {
  request.allowance = allowance;
  for (const [name, value] of Object.entries(rateLimitHeaders(allowance, Date.now()))) {
    response.setHeader(name, value);
  }
}
