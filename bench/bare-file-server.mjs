// The baseline: Fastify with one authenticated route that streams a body to disk, and one that streams it back.
import { createHash, timingSafeEqual } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Fastify from 'fastify';

const hash = (text) => createHash('sha256').update(text).digest();

process.once('message', async ({ key, folder, bodyLimit }) => {
  const expected = hash(`Bearer ${key}`);
  const fastify = Fastify({ logger: false, bodyLimit });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (timingSafeEqual(hash(request.headers.authorization ?? ''), expected)) return done();
    reply.code(401).send({ error: 'unauthorized' });
  });
  fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
  let files = 0;
  fastify.post('/files', async (request, reply) => {
    const name = `${++files}`;
    await pipeline(request.raw, createWriteStream(join(folder, name)));
    return reply.code(201).send({ file_id: name });
  });
  fastify.post('/files/:name/download', (request, reply) =>
    reply.type('application/octet-stream').send(createReadStream(join(folder, request.params.name))),
  );
  process.send({ url: await fastify.listen({ port: 0, host: '127.0.0.1' }) });
});
process.once('disconnect', () => process.exit(0));
