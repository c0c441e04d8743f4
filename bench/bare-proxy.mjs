// The baseline of the gateway: Fastify with authentication, and undici, that pass a request for a completion on, and the
// answer back as it comes; nothing else.
import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';
import { Pool } from 'undici';

const hash = (text) => createHash('sha256').update(text).digest();

process.once('message', async ({ key, baseUrl }) => {
  const expected = hash(`Bearer ${key}`);
  const { origin, pathname } = new URL(baseUrl);
  const pool = new Pool(origin, { connections: 128 });
  const fastify = Fastify({ logger: false, bodyLimit: 20 * 2 ** 20 });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (timingSafeEqual(hash(request.headers.authorization ?? ''), expected)) return done();
    reply.code(401).send({ error: 'unauthorized' });
  });
  fastify.post('/v1/chat/completions', async (request, reply) => {
    const { statusCode, headers, body } = await pool.request({
      method: 'POST',
      path: `${pathname}/chat/completions`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request.body),
    });
    return reply.code(statusCode).header('content-type', headers['content-type']).send(body);
  });
  process.send({ url: await fastify.listen({ port: 0, host: '127.0.0.1' }) });
});
process.once('disconnect', () => process.exit(0));
