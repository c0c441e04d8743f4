// npm run proof:batch — asynchronous batches lose and double nothing while every part is killed in turn.
import { setTimeout as sleep } from 'node:timers/promises';
import { documentsOf, faultsOf } from './batch-documents.mjs';
import { insist, PartKiller } from './cluster-parts.mjs';
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
  const killer = new PartKiller({ cluster, random, backend });
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
    await Promise.race([sleep(200 + random.below(1_500)), lanes]);
    await killer.kill(kill);
    if ((kill + 1) % 10 === 0) console.log(`${backend}: ${kill + 1} kills, ${batches} batches begun`);
  }
  killing = false;
  await lanes;
  const { body } = await insist(cluster, 200, 'GET', '/api/v1/jobs?type=batch&page_size=1');
  if (body.total !== batches) faults.push(`${body.total} batches were made of ${batches}`);
  return { rows: [[killer.killed, batches, batches * DOCUMENTS, faults.length]], faults };
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
