// Puts load on a server from a process of its own; every message is one task, answered with its figures.
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

const MS_PER_S = 1_000;

/** Every request its own Idempotency-Key, as clients make them. */
const withFreshKey = (request) => ({
  ...request,
  headers: { ...request.headers, 'idempotency-key': randomUUID() },
});

const asItIs = (request) => ({ ...request });

/** Every body its own name, in the place of the word FRESH. */
const withFreshName = (request) => ({
  ...request,
  body: request.body.replace('FRESH', randomUUID().replaceAll('-', '_')),
});

const setUpOf = ({ idempotent, fresh }) =>
  fresh ? withFreshName : idempotent === undefined ? undefined : idempotent ? withFreshKey : asItIs;

process.on(
  'message',
  async ({ url, key, body, connections, seconds, amount, idempotent, fresh, method = 'POST' }) => {
    const setupRequest = setUpOf({ idempotent, fresh });
    const result = await autocannon({
      url,
      connections,
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // Built anew each time in either case, so that both cost the load the same.
      ...(setupRequest && { requests: [{ setupRequest }] }),
      ...(amount === undefined ? { duration: seconds } : { amount }),
    });
    const elapsed = (result.finish.getTime() - result.start.getTime()) / MS_PER_S;
    process.send({
      answered: result['2xx'] + result.non2xx,
      ok: result['2xx'],
      statuses: Object.fromEntries(
        Object.entries(result.statusCodeStats ?? {}).map(([status, { count }]) => [status, count]),
      ),
      // Timeouts included.
      errors: result.errors,
      timeouts: result.timeouts,
      perSecond: result['2xx'] / elapsed,
      p50: result.latency.p50,
      p99: result.latency.p99,
    });
  },
);
process.once('disconnect', () => process.exit(0));
