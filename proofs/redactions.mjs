// npm run proof:redactions — SIGKILL of workers during a redaction: every document is redacted, none twice, no key stays
// granted, and no plaintext lies anywhere.
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { upload } from '../bench/file-load.mjs';
import { CANARIES, findCanaries } from './file-canaries.mjs';
import { isMain, runProof } from './frame.mjs';
import { documentOf, faultsOfZip } from './redaction-documents.mjs';

/** Documents of one job for every kill. */
const DOCUMENTS_A_KILL = 5;
const PASSWORD = 'correct horse battery staple';
const FIRST_KILL_MS = 200;
const SPREAD_MS = 2_500;
/** A worker's lease lapses within a minute of its death, and its task is then found by a sweeper. */
const PATIENCE_MS = 600_000;
const SWEPT_MS = 150_000;
const POLL_MS = 500;

const ABOUT = `An API process and two workers. One job redacts every document of a protected project: text, JSON, tables and PDF,
${DOCUMENTS_A_KILL} documents for each kill. While it runs, one worker after another is killed (SIGKILL) at a random moment and started
again. In the end every document must have exactly one redacted file, one audit row and one event, the files must hold
nothing of what was to be removed, no key may be granted any more, and, once the leases of the dead have lapsed, the store
must hold two objects for each document and nothing else. What was removed is searched in every file of the data folder,
database pages and write-ahead log included, in all logs, and in the append-only file of Redis.`;

/** What a request carries in place of the password, under a key of its own. */
async function secret(cluster) {
  for (;;) {
    const { status, body } = await cluster.call('GET', '/api/v1/crypto/ephemeral-key');
    if (status !== 200) {
      await sleep(POLL_MS);
      continue;
    }
    const key = createPublicKey({ key: Buffer.from(body.public_key, 'base64'), format: 'der', type: 'spki' });
    const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
    const encrypted = publicEncrypt(options, Buffer.from(PASSWORD)).toString('base64');
    return { key_id: body.key_id, encrypted_password: encrypted };
  }
}

async function insist(cluster, status, method, path, json) {
  const answer = await cluster.call(method, path, { json });
  if (answer.status !== status) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer.body;
}

async function protectedProject(cluster, count, random) {
  const project = await insist(cluster, 201, 'POST', '/api/v1/projects', {
    name: CANARIES.control,
    password: PASSWORD,
  });
  for (let number = 0; number < count; number++) {
    const target = {
      url: cluster.urls[0],
      key: cluster.key,
      path: '/api/v1/files/upload',
      projectId: project.id,
    };
    const { status, body } = await upload({ ...target, ...(await documentOf(number, random)) });
    if (status !== 201) throw new Error(`an upload was answered with ${status}: ${JSON.stringify(body)}`);
  }
  return project.id;
}

const begin = async (cluster, projectId) =>
  insist(cluster, 202, 'POST', `/api/v1/projects/${projectId}/redactions`, {
    policy: { deny_list: [CANARIES.content, CANARIES.name] },
    ...(await secret(cluster)),
  });

const isOver = ({ status }) => !['queued', 'running'].includes(status);

async function killWorkers({ cluster, trials, random, jobId }) {
  let kills = 0;
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const job = await insist(cluster, 200, 'GET', `/api/v1/jobs/${jobId}`);
    if (isOver(job)) return { job, kills };
    if (kills < trials && job.progress.completed > 0) {
      await sleep(FIRST_KILL_MS + random.below(SPREAD_MS));
      const worker = random.pick(cluster.workers);
      await worker.kill();
      await worker.start();
      kills += 1;
    } else await sleep(POLL_MS);
  }
  throw new Error(`job ${jobId} stands still`);
}

async function download(cluster, projectId) {
  const response = await fetch(`${cluster.urls[0]}/api/v1/projects/${projectId}/redactions/download`, {
    method: 'POST',
    headers: { authorization: `Bearer ${cluster.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(await secret(cluster)),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`the download was answered with ${response.status}: ${bytes}`);
  return bytes;
}

async function failuresOf(cluster, projectId, redactionId) {
  const path = `/api/v1/projects/${projectId}/redactions/${redactionId}/documents?status=failed`;
  const { data } = await insist(cluster, 200, 'GET', path);
  return data.map(({ error }) => `a document failed by ${error?.code}`);
}

const COUNTS = `SELECT
  (SELECT count(*)::int FROM grants) AS grants,
  (SELECT count(*)::int FROM documents WHERE project_id = $1 AND redaction_status = 'completed') AS completed,
  (SELECT count(*)::int FROM files WHERE project_id = $1 AND kind = 'redacted') AS files,
  (SELECT count(*)::int FROM audit_logs WHERE project_id = $1 AND action = 'document.redacted') AS rows,
  (SELECT count(*)::int FROM events WHERE project_id = $1 AND name = 'document.processed') AS events,
  (SELECT count(*)::int FROM files) AS objects`;

/** What cannot be seen from outside is counted in the database. */
async function countsOf(cluster, projectId) {
  const client = new pg.Client(cluster.databaseUrl);
  await client.connect();
  try {
    return (await client.query(COUNTS, [projectId])).rows[0];
  } finally {
    await client.end();
  }
}

const localObjects = (cluster) => {
  const folder = join(cluster.folder, 'data', 'files');
  if (!existsSync(folder)) return 0;
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).length;
};

async function settled(cluster, wanted) {
  const until = Date.now() + SWEPT_MS;
  while (localObjects(cluster) !== wanted && Date.now() < until) await sleep(POLL_MS);
  return localObjects(cluster);
}

function faultsOfCounts({ grants, ...counts }, documents) {
  const wrong = ['completed', 'files', 'rows', 'events'].filter((name) => counts[name] !== documents);
  return [
    ...(grants === 0 ? [] : [`${grants} grants are left`]),
    ...wrong.map((name) => `${counts[name]} ${name} for ${documents} documents`),
  ];
}

export async function run({ cluster, trials, random }) {
  const documents = trials * DOCUMENTS_A_KILL;
  const projectId = await protectedProject(cluster, documents, random);
  const { job, kills } = await killWorkers({
    cluster,
    trials,
    random,
    jobId: (await begin(cluster, projectId)).id,
  });
  const zip = await download(cluster, projectId);
  const counts = await countsOf(cluster, projectId);
  const objects = await settled(cluster, counts.objects);
  const searched = findCanaries([cluster.folder]);
  const faults = [
    ...(job.status === 'completed' && job.progress.failed === 0 ? [] : [JSON.stringify(job)]),
    ...(await failuresOf(cluster, projectId, job.reference.redaction_id)),
    ...(kills < trials ? [`the job was over after ${kills} kills of ${trials}`] : []),
    ...(await faultsOfZip(zip, documents)),
    ...faultsOfCounts(counts, documents),
    ...(objects === counts.objects ? [] : [`${objects} objects for ${counts.objects} files`]),
    ...searched.found.map((where) => `plaintext in ${where}`),
    ...(searched.control ? [] : ['the search did not find the name that lies in clear']),
  ];
  const shown = [
    counts.completed,
    counts.grants,
    objects - counts.objects,
    searched.files,
    searched.found.length,
  ];
  return { rows: [[kills, documents, ...shown]], faults };
}

export const proof = {
  name: 'redactions',
  title: 'Redactions proof',
  unit: 'kills',
  trials: 20,
  brief: 2,
  about: ABOUT,
  cluster: { apis: 1, workers: 2 },
  columns: [
    'kills of workers',
    'documents',
    'redacted',
    'grants left',
    'objects left',
    'files searched',
    'plaintext found',
  ],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
