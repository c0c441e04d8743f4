import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How much of a body nobody wants is taken in after its answer, and for how long. */
const MOST_BYTES = 64 * 2 ** 20;
const LONGEST_MS = 5_000;

const draining = new WeakSet<Socket>();

/** Whether a connection only still waits for the rest of a body whose answer has been sent. */
export const isDraining = (socket: Socket): boolean => draining.has(socket);

/**
 * Lets clients that are still sending read an answer that came early, such as a 413. To close at once would make the
 * system reset the connection, and the answer would be lost with it; so the rest is read and thrown away, within
 * bounds (what nginx calls a lingering close).
 */
export function addDraining(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    drainUnread(request.raw, reply.raw);
    done(null, payload);
  });
}

/** Whether a request says that it has a body. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** To be called before the answer is written. */
export function drainUnread(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete || !hasBody(request) || draining.has(request.socket)) return;
  const { socket } = request;
  let drained = 0;
  let timer: NodeJS.Timeout | undefined;
  draining.add(socket);
  closeGently(socket);
  const cut = (): void => void socket.destroy();
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained <= MOST_BYTES) return;
    if (response.writableFinished) cut();
    else request.pause();
  });
  // Whoever read it before may have stopped it.
  request.resume();
  request.once('end', () => {
    clearTimeout(timer);
    draining.delete(socket);
    finishGently(socket, response);
  });
  socket.once('close', () => clearTimeout(timer));
  response.once('finish', () => {
    if (drained > MOST_BYTES) cut();
    else if (!request.complete) timer = setTimeout(cut, LONGEST_MS);
  });
}

/** Ends our side alone when the answer was the connection's last: the other side may still be sending. */
function closeGently(socket: Socket): void {
  socket.destroySoon = () => void socket.end();
}

/** Back to the ordinary close; where our side has ended already, nothing more is to come. */
function finishGently(socket: Socket, response: ServerResponse): void {
  Reflect.deleteProperty(socket, 'destroySoon');
  if (response.writableFinished && socket.writableEnded) socket.destroySoon();
}

/** The same for a connection whose bytes were no HTTP: they have been answered, what else comes is thrown away. */
export function lingerAfterFault(socket: Socket): void {
  draining.add(socket);
  const timer = setTimeout(() => socket.destroy(), LONGEST_MS);
  socket.once('close', () => clearTimeout(timer));
}

/** More of what was no HTTP: passed over until there was too much of it. */
export function passOver(socket: Socket): void {
  if (socket.bytesRead > MOST_BYTES) socket.destroy();
}
