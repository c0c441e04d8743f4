import type { Socket } from 'node:net';
import { platformError } from '../errors/app-error.js';
import type { Gate } from '../limits/gate.js';
import type { ErrorPresenters } from './error-presenter.js';
import { newId } from './ids.js';
import { isDraining, lingerAfterFault, passOver } from './unread-body.js';

/** What Node's parser calls the faults that have a status of their own. */
const CODES: Readonly<Record<string, Parameters<typeof platformError>[0]>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
};

/**
 * Malformed HTTP never becomes a request, so it is answered on the socket itself, in the core's shape: counted, and
 * with the headers of every other answer. The parser reports anew with each further piece of it.
 */
export function answerMalformed(presenters: ErrorPresenters, gate: Gate) {
  return async (error: NodeJS.ErrnoException, socket: Socket): Promise<void> => {
    if (error.code === 'ECONNRESET') return void socket.destroy();
    if (isDraining(socket)) return passOver(socket);
    if (!socket.writable) return void socket.destroy();
    lingerAfterFault(socket);
    const { headers, refusal } = await gate.admitMalformed(socket.remoteAddress ?? '');
    const fault = refusal ?? platformError(CODES[error.code ?? ''] ?? 'MALFORMED_REQUEST');
    const requestId = newId('req');
    const { status, body } = presenters.present('core', fault, requestId);
    const retry = fault.retryAfterSeconds;
    const text = JSON.stringify(body);
    const lines = Object.entries({
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(text)),
      'X-Request-Id': requestId,
      ...headers,
      ...(retry !== undefined && { 'Retry-After': String(retry) }),
      Connection: 'close',
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    if (socket.writable) {
      socket.end(`HTTP/1.1 ${status} ${REASONS[status] ?? 'Error'}\r\n${lines.join('')}\r\n${text}`);
    }
  };
}
