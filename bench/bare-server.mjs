// The baseline: Fastify with an authenticated route that parses a JSON body and sends it back, and one that serialises a body
// it was given at the start; nothing else.
import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';

const hash = (text) => createHash('sha256').update(text).digest();

process.once('message', async ({ key, page }) => {
  const expected = hash(`Bearer ${key}`);
  const fastify = Fastify({ logger: false });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (timingSafeEqual(hash(request.headers.authorization ?? ''), expected)) return done();
    reply.code(401).send({ error: 'unauthorized' });
  });
  fastify.post('/echo', (request, reply) => {
    reply.send(request.body);
  });
  fastify.get('/page', (_request, reply) => {
    reply.send(page);
  });
  process.send({ url: await fastify.listen({ port: 0, host: '127.0.0.1' }) });
});
process.once('disconnect', () => process.exit(0));
