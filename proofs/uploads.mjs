// npm run proof:uploads — SIGKILL in the midst of uploads: no half file is ever shown, none that was acknowledged is lost,
// nothing stays behind, and no plaintext lies anywhere.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { upload } from '../bench/file-load.mjs';
import { GET_S3, hasS3, S3Server } from '../bench/s3-server.mjs';
import { CANARIES, findCanaries, textWithCanaries } from './file-canaries.mjs';
import { isMain, runProof } from './frame.mjs';

const LANES = 6;
const SMALLEST = 200_000;
const LARGEST = 6_000_000;
const FIRST_KILL_MS = 30;
const SPREAD_MS = 900;
/** A lease lapses 60 s after its process died; the sweeper then comes within 15 s, and may have to come twice. */
const SWEPT_MS = 120_000;
const POLL_MS = 1_000;
const ANSWER_MS = 60_000;

const ABOUT = `Two API processes and a worker. Clients upload files to one of the processes, which is killed (SIGKILL) at a random
moment, or, every fifth time, the worker or the database. Afterwards every upload that was acknowledged must come back
byte for byte, and every document that is listed must come back whole; once the leases of the dead have lapsed the store
must hold one object for each document and nothing else. Names and contents hold words that nobody else uses: they must
be in no file of the data folder, database pages and write-ahead log included, no log, and no object.`;

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Uploads until the server is gone. Acknowledged ones are noted by their document. */
class UploadLoad {
  acknowledged = new Map();
  sent = new Map();
  refused = [];
  #ended = false;

  constructor({ cluster, projectId, random, round }) {
    Object.assign(this, { cluster, projectId, random, round });
  }

  async #lane(lane) {
    for (let count = 0; !this.#ended; count++) {
      const name = `${CANARIES.name} ${this.round}-${lane}-${count}.txt`;
      const bytes = textWithCanaries(SMALLEST + this.random.below(LARGEST - SMALLEST), this.random);
      this.sent.set(name, digest(bytes));
      const target = { url: this.cluster.urls[0], key: this.cluster.key, path: '/api/v1/files/upload' };
      const { status, body } = await upload({ ...target, bytes, name, projectId: this.projectId });
      if (status === 201) this.acknowledged.set(body.document_id, digest(bytes));
      else if (status !== 503) this.refused.push(`${status} ${body?.error?.code}`);
    }
  }

  run() {
    // A lane ends with the connection that the kill broke.
    return Promise.all(Array.from({ length: LANES }, (_, lane) => this.#lane(lane).catch(() => {})));
  }

  end() {
    this.#ended = true;
  }
}

async function listDocuments(cluster, projectId) {
  const documents = [];
  for (let cursor = ''; cursor !== null; ) {
    const query = `page_size=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { status, body } = await cluster.call('GET', `/api/v1/projects/${projectId}/documents?${query}`, {
      api: 1,
    });
    if (status !== 200) throw new Error(`the list was answered with ${status}`);
    documents.push(...body.data);
    cursor = body.next_cursor;
  }
  return documents;
}

async function downloadDigest(cluster, fileId) {
  const response = await fetch(`${cluster.urls[1]}/api/v1/files/id/${fileId}/download`, {
    method: 'POST',
    headers: { authorization: `Bearer ${cluster.key}` },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return response.status === 200 ? digest(bytes) : `status ${response.status}`;
}

/** Every listed document must come back as it was sent, every acknowledged one must be listed. */
async function compare({ cluster, projectId, load, known }) {
  const faults = [];
  const documents = await listDocuments(cluster, projectId);
  const listed = new Set(documents.map(({ id }) => id));
  for (const id of load.acknowledged.keys())
    if (!listed.has(id)) faults.push('an acknowledged upload is lost');
  for (const { id, file_id: fileId, filename } of documents) {
    if (known.has(id)) continue;
    const got = await downloadDigest(cluster, fileId);
    if (got !== load.sent.get(filename))
      faults.push(`a listed document did not come back: ${got.slice(0, 20)}`);
    known.add(id);
  }
  return faults;
}

/** A kill before anything was acknowledged would prove little. */
async function waitForAnswers(load) {
  for (const since = Date.now(); load.acknowledged.size === 0; await sleep(10)) {
    if (Date.now() - since > ANSWER_MS) throw new Error('nothing was acknowledged before the kill');
  }
}

async function strike({ cluster, round, random, ...load }) {
  await waitForAnswers(load);
  await sleep(FIRST_KILL_MS + random.below(SPREAD_MS));
  if (round % 5 === 4 && round % 2 === 0) {
    await cluster.killDatabase();
    return async () => {
      await cluster.startDatabase();
      await cluster.ready();
    };
  }
  const victim = round % 5 === 4 ? cluster.workers[0] : cluster.apis[0];
  await victim.kill();
  return async () => {
    await victim.start();
    await cluster.ready();
  };
}

const localObjects = (cluster) => {
  const folder = join(cluster.folder, 'data', 'files');
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};

/** Waits until the store holds as many objects as there are documents. @returns how many it holds in the end */
async function settled(listObjects, wanted) {
  const until = Date.now() + SWEPT_MS;
  while (listObjects().length !== wanted && Date.now() < until) await sleep(POLL_MS);
  return listObjects().length;
}

/** Kills in the midst of uploads, round after round. What is compared at the end takes a lease's time to come true. */
export async function killDuringUploads({ cluster, trials, random, backend, place }) {
  const s3 = backend === 's3' ? place : undefined;
  const listObjects = s3 ? () => s3.list() : () => localObjects(cluster);
  const json = { name: CANARIES.control };
  const { id: projectId } = (await cluster.call('POST', '/api/v1/projects', { json })).body;
  const outcome = { trials, sent: 0, acknowledged: 0, left: 0, faults: [] };
  const known = new Set();
  for (let round = 0; round < trials; round++) {
    const load = new UploadLoad({ cluster, projectId, random, round });
    const running = load.run();
    const restart = await strike(load);
    load.end();
    await running;
    await restart();
    outcome.faults.push(...(await compare({ cluster, projectId, load, known })));
    outcome.faults.push(...load.refused.map((refusal) => `an upload was refused: ${refusal}`));
    outcome.acknowledged += load.acknowledged.size;
    outcome.sent += load.sent.size;
    outcome.left = Math.max(outcome.left, listObjects().length - known.size);
  }
  return {
    ...outcome,
    cluster,
    projectId,
    listObjects,
    folders: [cluster.folder, ...(s3 ? [s3.folder] : [])],
  };
}

/** What is left when every lease of the dead has lapsed, and a search through all that was ever written. */
export async function afterTheKills({ cluster, projectId, listObjects, folders, ...outcome }) {
  const documents = (await listDocuments(cluster, projectId)).length;
  // Other projects have their objects in the same store.
  const { total } = (await cluster.call('GET', '/api/v1/documents?page_size=1')).body;
  const objects = await settled(listObjects, total);
  const searched = findCanaries(folders);
  const { trials, sent, acknowledged, left } = outcome;
  const faults = [
    ...outcome.faults,
    ...(objects === total ? [] : [`${objects} objects for ${total} documents`]),
    ...searched.found.map((where) => `plaintext in ${where}`),
    ...(searched.control ? [] : ['the search did not find the name that lies in clear']),
  ];
  const after = [objects - total, searched.files, searched.found.length];
  return { rows: [[trials, sent, acknowledged, documents, left, ...after]], faults };
}

const run = async (options) => afterTheKills(await killDuringUploads(options));

export const proof = {
  name: 'uploads',
  title: 'Uploads proof',
  unit: 'kills',
  trials: 20,
  brief: 3,
  about: ABOUT,
  backends: ['local', 's3'],
  place: async (backend) => (backend === 's3' ? S3Server.start() : undefined),
  cluster: { apis: 2, workers: 1 },
  columns: [
    'kills',
    'uploads begun',
    'acknowledged',
    'documents',
    'most objects left by kills',
    'left after the sweep',
    'files searched',
    'plaintext found',
  ],
  run,
};

if (isMain(import.meta.url)) {
  if (!hasS3()) {
    console.error(`versitygw, an S3 server, is missing: ${GET_S3}. Or --backend local.`);
    if (!process.argv.includes('local')) process.exit(2);
  }
  await runProof(proof);
}
