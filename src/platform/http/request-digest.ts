import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

const bodies = new WeakMap<FastifyRequest, Buffer>();

const header = (request: FastifyRequest): string | string[] | undefined => request.headers['idempotency-key'];

/** Notes the digest of a body as it arrived, when the request will have to be told apart from others later. */
export function noteBody(request: FastifyRequest, body: Buffer): void {
  if (header(request) !== undefined) bodies.set(request, createHash('sha256').update(body).digest());
}

/**
 * SHA-256 over method, target and body bytes: two requests are the same when all of them are. The target is the
 * one after the surface rule, with its query.
 */
export function digestOf(request: FastifyRequest): Buffer {
  const hash = createHash('sha256').update(`${request.method}\n${request.url}\n`);
  const body = bodies.get(request);
  return (body ? hash.update(body) : hash).digest();
}
