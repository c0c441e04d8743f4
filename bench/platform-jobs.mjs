import { setTimeout as sleep } from 'node:timers/promises';
import { decimals, table } from './report.mjs';

const LANES = 16;
const SMALL_JOBS = 1_000;
const LARGE_BATCH = 10_000;
const INLINE = 100;
const POLL_MS = 100;

const document = (number) => ({
  id: `doc-${number}`,
  data: `Note ${number}: call Maria Garcia at 555-123-4567.`,
});

const documents = (count) => Array.from({ length: count }, (_, number) => document(number));

/** Runs a call so many times, a few at once. @throws Error when one is not answered as expected */
async function inLanes(times, status, call) {
  const answers = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < times; index = next++) {
      const answer = await call(index);
      if (answer.status !== status)
        throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      answers[index] = answer.body;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return answers;
}

const timed = async (work) => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
};

async function allFinished(cluster) {
  for (;;) {
    const open = await Promise.all(
      ['queued', 'running'].map((status) => cluster.call('GET', `/api/v1/jobs?status=${status}&page_size=1`)),
    );
    if (open.every(({ body }) => body.total === 0)) break;
    await sleep(POLL_MS);
  }
  const failed = await cluster.call('GET', '/api/v1/jobs?status=failed&page_size=1');
  if (failed.body.total > 0) throw new Error(`${failed.body.total} jobs failed`);
}

const batch = (cluster, json) => cluster.call('POST', '/api/v1/batch', { json });

const rowOf = (name, count, seconds, baseline) => [
  name,
  count,
  decimals(seconds, 1),
  Math.round(count / seconds),
  decimals(count / seconds / baseline, 3),
];

/** Jobs from their acceptance to their end, beside the same documents in the request itself. */
export async function platformJobs({ cluster }) {
  const one = await timed(() =>
    inLanes(SMALL_JOBS, 200, (n) => batch(cluster, { documents: [document(n)] })),
  );
  const jobs = await timed(async () => {
    await inLanes(SMALL_JOBS, 202, (n) => batch(cluster, { documents: [document(n)], async: true }));
    await allFinished(cluster);
  });
  const inline = await timed(() =>
    inLanes(LARGE_BATCH / INLINE, 200, () => batch(cluster, { documents: documents(INLINE) })),
  );
  const large = await timed(async () => {
    await inLanes(1, 202, () => batch(cluster, { documents: documents(LARGE_BATCH), async: true }));
    await allFinished(cluster);
  });
  return table(
    ['work', 'count', 'seconds', 'per second', 'ratio to inline'],
    [
      rowOf('one document, inline', SMALL_JOBS, one, SMALL_JOBS / one),
      rowOf('one document, a job each', SMALL_JOBS, jobs, SMALL_JOBS / one),
      rowOf(`documents, ${INLINE} inline`, LARGE_BATCH, inline, LARGE_BATCH / inline),
      rowOf('documents, one asynchronous batch', LARGE_BATCH, large, LARGE_BATCH / inline),
    ],
  );
}
