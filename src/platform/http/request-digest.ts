import type { FastifyRequest } from 'fastify';
import { sha256, sha256InSlices } from '../digest/sha256.js';

const bodies = new WeakMap<FastifyRequest, Buffer>();

const header = (request: FastifyRequest): string | string[] | undefined => request.headers['idempotency-key'];

/** Notes the digest of a body as it arrived, when the request will have to be told apart from others later. */
export function noteBody(request: FastifyRequest, body: Buffer): void {
  if (header(request) !== undefined) bodies.set(request, sha256(body));
}

/** The same for a body that takes long, giving way to other work. */
export async function noteLargeBody(request: FastifyRequest, body: Buffer): Promise<void> {
  if (header(request) !== undefined) bodies.set(request, await sha256InSlices(body));
}

/** The same for a form, whose bytes differ whenever it is sent: what it holds in their place. */
export function noteForm(request: FastifyRequest, ...parts: readonly (string | Buffer)[]): void {
  if (header(request) !== undefined) bodies.set(request, sha256(...parts));
}

/**
 * SHA-256 over method, target and body bytes, or what a form holds: two requests are the same when all of them are. The target is the
 * one after the surface rule, with its query.
 */
export function digestOf(request: FastifyRequest): Buffer {
  return sha256(`${request.method}\n${request.url}\n`, bodies.get(request) ?? '');
}
