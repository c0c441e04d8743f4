import { request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { type FastifyInstance, fastify } from 'fastify';
import { addHttpMetrics, routePattern } from './http-metrics.js';
import { activeRequests, requestDuration } from './metrics.js';

interface Sample {
  readonly metricName?: string;
  readonly labels: Record<string, string | number>;
  readonly value: number;
}

let server: FastifyInstance;
let port: number;
let release: () => void;

const counts = async (): Promise<Sample[]> =>
  ((await requestDuration.get()).values as Sample[]).filter(({ metricName = '' }) =>
    metricName.endsWith('_count'),
  );

const series = async (): Promise<string[]> =>
  (await counts()).map(({ labels }) =>
    [labels.http_request_method, labels.http_route, labels.http_response_status_code, labels.error_type]
      .join(' ')
      .trim(),
  );

const active = async (): Promise<number> => (await activeRequests.get()).values[0]?.value ?? Number.NaN;

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const since = Date.now(); !(await condition()); await sleep(5))
    if (Date.now() - since > 5_000) throw new Error('did not come');
}

const send = (method: string, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest({ port, method, path, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject).end();
  });

beforeAll(async () => {
  server = fastify({ forceCloseConnections: true });
  addHttpMetrics(server);
  server.get('/_core/things/:id', async () => 'a thing');
  server.get('/_core/faulty', async (request, reply) => {
    request.errorCode = 'TIME_LIMIT_EXCEEDED';
    return reply.status(503).send('late');
  });
  server.get('/_core/probe', async (_, reply) => reply.status(503).send('not ready'));
  server.get('/_core/slow', async () => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return 'at last';
  });
  server.get('/_core/stream', (_, reply) => void reply.raw.write('first of many'));
  await server.listen({ port: 0, host: '127.0.0.1' });
  port = (server.server.address() as AddressInfo).port;
});
beforeEach(() => requestDuration.reset());
afterAll(() => server.close());

describe('the duration of requests', () => {
  it('is counted by method, contract path and status', async () => {
    for (const id of ['a', 'b', 'c']) await send('GET', `/_core/things/${id}`);
    await until(async () => (await counts())[0]?.value === 3);
    expect(await series()).toEqual(['GET /api/v1/things/{id} 200']);
  });

  it('names the code of a 5xx, or its status when it has none', async () => {
    await send('GET', '/_core/faulty');
    await send('GET', '/_core/probe');
    await until(async () => (await series()).length === 2);
    expect((await series()).sort()).toEqual([
      'GET /api/v1/faulty 503 TIME_LIMIT_EXCEEDED',
      'GET /api/v1/probe 503 503',
    ]);
  });

  it('includes what the router refuses before any hook', async () => {
    expect(await send('GET', '/_core/%ZZ')).toBe(400);
    await until(async () => (await series()).length === 1);
    expect(await series()).toEqual(['GET unmatched 400']);
  });

  it('includes clients that leave before their answer, or in the middle of it', async () => {
    const before = await active();
    const leave = async (path: string, heard: boolean): Promise<void> => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
      if (heard) await new Promise((resolve) => socket.once('data', resolve));
      await until(async () => (await active()) === before + 1);
      socket.destroy();
      await until(async () => (await active()) === before);
    };
    await leave('/_core/slow', false);
    release();
    await leave('/_core/stream', true);
    expect((await series()).sort()).toEqual([
      'GET /api/v1/slow  client_gone',
      'GET /api/v1/stream 200 client_gone',
    ]);
  });

  it('gets no new series from paths, queries and methods that clients make up', async () => {
    const methods = fc.constantFrom('GET', 'PROPFIND', 'PURGE', 'SEARCH', 'MKCOL', 'DELETE');
    await fc.assert(
      fc.asyncProperty(methods, fc.webPath(), fc.webQueryParameters(), async (method, path, query) => {
        await send(method, `/${encodeURI(path)}?${query}`.replaceAll('%25', '%'));
      }),
      { numRuns: 200 },
    );
    await until(async () => (await counts()).reduce((sum, { value }) => sum + value, 0) >= 200);
    const allowed = /^(?:GET|DELETE|_OTHER) unmatched (?:400|404)$/;
    expect((await series()).filter((name) => !allowed.test(name))).toEqual([]);
  });
});

describe('routePattern', () => {
  it.each([
    ['/_core/api-keys/:id', '/api/v1/api-keys/{id}'],
    ['/_root/openapi/:file', '/openapi/{file}'],
    ['/_keynest/health', '/health/'],
    ['/somewhere', 'unmatched'],
    [undefined, 'unmatched'],
  ])('%s is shown as %s', (internal, shown) => {
    expect(routePattern(internal)).toBe(shown);
  });
});
