// npm run proof:batch — asynchronous batches lose and double nothing while every part is killed in turn.
import { setTimeout as sleep } from 'node:timers/promises';
import { documentsOf, faultsOf } from './batch-documents.mjs';
import { isMain, runProof } from './frame.mjs';

const DOCUMENTS = 400;
const BATCHES_UNDER_WAY = 2;
const PATIENCE_MS = 120_000;
const PAGE = 100;
const POLL_MS = 250;

const ABOUT = `Two API and two worker processes. Batches of ${DOCUMENTS} documents are worked on, ${BATCHES_UNDER_WAY} at a time, while kill -9 hits
at random moments, in turn: a worker, an API process, the database server, Redis (append-only file, where there is one),
and both workers at once. What was killed is started again; nothing else is done by hand. A batch whose acceptance was
cut off is sent again with the same Idempotency-Key. In the end every batch must have every document exactly once, in
order, with its own text, and there must be as many batches as were sent.`;

const VICTIMS = {
  async worker(cluster, random) {
    const worker = random.pick(cluster.workers);
    await worker.kill();
    await worker.start();
  },
  async api(cluster, random) {
    const api = random.pick(cluster.apis);
    await api.kill();
    await api.start();
  },
  async database(cluster) {
    await cluster.killDatabase();
    await cluster.startDatabase();
  },
  async redis(cluster) {
    await cluster.redis.kill();
    await cluster.redis.start();
  },
  async 'both workers'(cluster) {
    await Promise.all(cluster.workers.map((worker) => worker.kill()));
    for (const worker of cluster.workers) await worker.start();
  },
};

/** Repeats a call, at one process after the other, until it is answered as wanted. */
async function insist(cluster, status, method, path, options) {
  const until = Date.now() + PATIENCE_MS;
  for (let turn = 0; ; turn++) {
    const answer = await cluster
      .call(method, path, { ...options, api: turn % cluster.urls.length })
      .catch(() => ({ status: 0 }));
    if (answer.status === status) return answer;
    const wait = [0, 409, 500, 503].includes(answer.status);
    if (!wait || Date.now() > until) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    await sleep(POLL_MS);
  }
}

async function resultsOf(cluster, batchId) {
  const results = [];
  for (let cursor = ''; ; ) {
    const path = `/api/v1/batches/${batchId}/results?page_size=${PAGE}${cursor && `&cursor=${cursor}`}`;
    const { body } = await insist(cluster, 200, 'GET', path);
    results.push(...body.data);
    if (body.next_cursor === null) return results;
    cursor = encodeURIComponent(body.next_cursor);
  }
}

async function finished(cluster, jobId) {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { body } = await insist(cluster, 200, 'GET', `/api/v1/jobs/${jobId}`);
    if (!['queued', 'running'].includes(body.status)) return body;
    if (Date.now() > until) throw new Error(`${jobId} stands still: ${JSON.stringify(body)}`);
    await sleep(POLL_MS);
  }
}

/** One batch from its acceptance to its last result. */
async function oneBatch(cluster, number, random) {
  const documents = documentsOf(number, DOCUMENTS, random);
  const json = { documents, async: true };
  const headers = { 'idempotency-key': `batch-proof-${number}` };
  const { body } = await insist(cluster, 202, 'POST', '/api/v1/batch', { json, headers });
  const job = await finished(cluster, body.id);
  const faults = faultsOf(number, documents, await resultsOf(cluster, body.batch_id));
  if (job.status !== 'completed') faults.push(`the job is ${job.status}`);
  if (job.progress.completed + job.progress.failed !== DOCUMENTS) faults.push(JSON.stringify(job.progress));
  return faults.map((fault) => `batch ${number}: ${fault}`);
}

async function run({ cluster, trials, random, backend }) {
  const names = Object.keys(VICTIMS).filter((name) => name !== 'redis' || backend === 'redis');
  const kills = new Map(names.map((name) => [name, 0]));
  const faults = [];
  let batches = 0;
  let killing = true;
  const lane = async () => {
    while (killing) faults.push(...(await oneBatch(cluster, ++batches, random)));
  };
  const lanes = Promise.all(Array.from({ length: BATCHES_UNDER_WAY }, lane));
  // A failed lane ends the proof at the next await; until then it must not count as unhandled.
  lanes.catch(() => {});
  for (let kill = 0; kill < trials && faults.length === 0; kill++) {
    const name = names[kill % names.length];
    await Promise.race([sleep(200 + random.below(1_500)), lanes]);
    await VICTIMS[name](cluster, random);
    kills.set(name, kills.get(name) + 1);
    if ((kill + 1) % 10 === 0) console.log(`${backend}: ${kill + 1} kills, ${batches} batches begun`);
  }
  killing = false;
  await lanes;
  const { body } = await insist(cluster, 200, 'GET', '/api/v1/jobs?type=batch&page_size=1');
  if (body.total !== batches) faults.push(`${body.total} batches were made of ${batches}`);
  const killed = [...kills].map(([name, count]) => `${count} × ${name}`).join(', ');
  return { rows: [[killed, batches, batches * DOCUMENTS, faults.length]], faults };
}

export const proof = {
  name: 'batch-kills',
  title: 'Batch proof',
  unit: 'kills',
  trials: 100,
  brief: 4,
  about: ABOUT,
  cluster: { apis: 2, workers: 2 },
  columns: ['killed', 'batches', 'documents', 'faults'],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
