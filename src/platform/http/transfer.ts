import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasBody } from './unread-body.js';

/** An operation that moves a file: it may take as long as files do. */
export type Transfer = 'upload' | 'download';

/** A connection on which a file stands still for so long is closed. */
const IDLE_MS = 60_000;

export const transferOf = ({ is404, routeOptions }: FastifyRequest): Transfer | undefined =>
  is404 ? undefined : (routeOptions?.config as { transfer?: Transfer } | undefined)?.transfer;

/**
 * Does something during which no byte of a transfer moves, such as work on the file that it brought. How long that may take is
 * for the request's deadline to say.
 */
export async function withoutIdleLimit<T>({ raw }: FastifyRequest, work: () => Promise<T>): Promise<T> {
  const { socket } = raw;
  socket.setTimeout(0);
  try {
    return await work();
  } finally {
    socket.setTimeout(IDLE_MS);
  }
}

/**
 * Bounds how long a body may take to arrive: ordinary ones `arrivalMs`, after which the request is refused as Node
 * refuses one that is late (408). Files may take as long as their operation, as long as they move.
 */
export function addArrivalLimits(fastify: FastifyInstance, arrivalMs: number): void {
  fastify.addHook('onRequest', (request, _, done) => {
    if (transferOf(request)) request.raw.socket.setTimeout(IDLE_MS);
    else if (hasBody(request.raw)) limitArrival(fastify, request, arrivalMs);
    done();
  });
}

function limitArrival(fastify: FastifyInstance, { raw }: FastifyRequest, arrivalMs: number): void {
  const { socket } = raw;
  const late = (): void => {
    if (raw.complete || socket.destroyed) return;
    const error = Object.assign(new Error('the request is late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    fastify.server.emit('clientError', error, socket);
  };
  const timer = setTimeout(late, arrivalMs).unref();
  const settle = (): void => clearTimeout(timer);
  raw.once('end', settle).once('close', settle);
}
