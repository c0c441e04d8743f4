import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Sends JSON that is text already. */
export function sendJson(response: ServerResponse, status: number, json: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) })
    .end(json);
}

/** An error in OpenAI's shape. */
export function sendError(
  response: ServerResponse,
  status: number,
  message: string,
  param: string | null = null,
) {
  const type = status < 500 ? 'invalid_request_error' : 'server_error';
  sendJson(response, status, JSON.stringify({ error: { message, type, param, code: null } }));
}

/**
 * The whole body as text; undefined when it is longer than the limit, in bytes. What is beyond it is read and forgotten: a
 * client that is still sending would not see an answer.
 * @throws when the client leaves
 */
export function readBody(request: IncomingMessage, mostBytes: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) chunks = [];
      else chunks.push(chunk);
    });
    request.once('end', () =>
      resolve(bytes > mostBytes ? undefined : Buffer.concat(chunks).toString('utf8')),
    );
    request.once('error', reject);
  });
}

/** Aborts once the client has left, or has got everything. */
export function untilClosed(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

/** Writes, and waits as long as the client does not take what was written. @throws AbortError when it leaves */
export async function writePatiently(
  response: ServerResponse,
  text: string,
  left: AbortSignal,
): Promise<void> {
  if (!response.write(text)) await once(response, 'drain', { signal: left });
}

const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;
const LOOPBACK_HOST = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?$/i;

/**
 * Whether somebody on this machine asks, and by a name of this machine: a web page that lets its own name point here
 * (DNS rebinding) comes with that name.
 */
export const isFromHere = (request: IncomingMessage): boolean =>
  LOOPBACK_ADDRESS.test(request.socket.remoteAddress ?? '') && LOOPBACK_HOST.test(request.headers.host ?? '');
