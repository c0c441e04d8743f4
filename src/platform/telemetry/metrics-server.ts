import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { VERSION } from '../config/product.js';
import { StartError } from '../errors/start-error.js';
import type { MetricsService } from './metrics.service.js';

const PLAIN = 'text/plain; charset=utf-8';

/** Where monitors reach one process without a credential. */
export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
  /** The setting that named the port. */
  readonly setting: string;
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      server: `redoubt/${VERSION}`,
    })
    .end(body);
}

async function serve(metrics: MetricsService, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'GET') return answer(response, 405, PLAIN, 'Only GET.\n');
  if (request.url === '/livez') return answer(response, 200, PLAIN, 'ok\n');
  if (request.url !== '/metrics') return answer(response, 404, PLAIN, 'There are /metrics and /livez.\n');
  answer(response, 200, metrics.contentType, await metrics.text());
}

/**
 * Serves `/metrics` and `/livez` on a port of their own, to whoever can reach it, until the process ends.
 * @throws StartError when the port cannot be had
 */
export async function listenForMonitors(
  metrics: MetricsService,
  { host, port, setting }: MetricsAddress,
): Promise<Server> {
  const server = createServer((request, response) => {
    serve(metrics, request, response).catch(() => answer(response, 500, PLAIN, 'Failed.\n'));
  });
  await new Promise<void>((resolve, reject) => {
    const message = `${setting} names port ${port}, which cannot be had on ${host}. Choose another.`;
    server.once('error', () => reject(new StartError(message)));
    server.listen(port, host, resolve);
  });
  return server.unref();
}
