import { connect, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import fastifyFactory, { type FastifyInstance } from 'fastify';
import { addDeadlines } from './request-deadline.js';
import { addArrivalLimits } from './transfer.js';

const ARRIVAL_MS = 300;

describe('a request that arrives slowly', () => {
  let fastify: FastifyInstance;
  let port: number;

  beforeAll(async () => {
    fastify = fastifyFactory();
    addDeadlines(fastify, 7, 900);
    addArrivalLimits(fastify, ARRIVAL_MS);
    fastify.addContentTypeParser('application/x-file', (_, __, done) => done(null));
    fastify.post('/ordinary', (request) => ({ seconds: request.limitSeconds }));
    fastify.post('/file', { config: { transfer: 'upload' } as object }, async (request) => {
      const { length } = await buffer(request.raw);
      return { seconds: request.limitSeconds, length };
    });
    await fastify.listen({ port: 0, host: '127.0.0.1' });
    const address = fastify.server.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });
  afterAll(() => fastify.close());

  const begin = (path: string, type: string, bytes: string): Socket => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: ${type}\r\ncontent-length: 10\r\n\r\n${bytes}`,
    );
    return socket;
  };

  it('is refused in its time when it is an ordinary one', async () => {
    const started = performance.now();
    const answer = await text(begin('/ordinary', 'application/json', '{"a"'));
    expect(answer).toContain(' 408 ');
    expect(performance.now() - started).toBeGreaterThanOrEqual(ARRIVAL_MS - 20);
  });

  it('is taken when it moves a file, which has the time of files', async () => {
    const socket = begin('/file', 'application/x-file', '01234');
    await sleep(ARRIVAL_MS * 2);
    socket.write('56789');
    expect(await text(socket)).toMatch(/ 200 [\s\S]*\{"seconds":900,"length":10\}$/);
  });

  it('keeps its time when it came whole, however long its answer takes', async () => {
    expect(await text(begin('/ordinary', 'application/json', '{"a":1234}'))).toContain('{"seconds":7}');
  });
});
