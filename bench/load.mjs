// Puts load on a server from a process of its own; every message is one task, answered with its figures.
import autocannon from 'autocannon';

const MS_PER_S = 1_000;

process.on('message', async ({ url, key, body, connections, seconds, amount }) => {
  const result = await autocannon({
    url,
    connections,
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
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
});
process.once('disconnect', () => process.exit(0));
