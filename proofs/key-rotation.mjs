// npm run proof:key-rotation — keys are renewed under load: no read fails, and nothing is left under the old key.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { download, upload } from '../bench/file-load.mjs';
import { isMain, runProof } from './frame.mjs';

const TARGETS = ['organization', 'master'];
const KILL_EVERY = 5;
const LANES = 4;
const PATIENCE_MS = 120_000;
const POLL_MS = 20;
const ROTATE = '/api/v1/crypto/keys/rotate';

const ABOUT = `Four API and two worker processes that share a data folder, in which the master key lies. ${LANES} clients never pause: they
turn text into tokens and back, store redaction policies with sealed settings and read old ones, upload files and read
them, and read the audit log, each request at any process. Meanwhile keys are rotated, the organization's and the master key in turn; in every
${KILL_EVERY}th rotation of each a worker is killed (kill -9) at a random moment and started again, and a fresh API process takes the
place of another, so that keys are opened anew all the time. A request that is not answered as it should be, or that
does not give back what was sealed, has failed. "Left under old keys" is counted in the database after each rotation.`;

const OLD_WRAPPERS = `
  SELECT (SELECT count(*) FROM data_keys d
           WHERE organization_key_id <> (SELECT id FROM organization_keys o WHERE o.organization_id = d.organization_id
                                          ORDER BY version DESC LIMIT 1))::int AS organization,
         ((SELECT count(*) FROM organization_keys WHERE master_key_id <> newest.id)
          + (SELECT count(*) FROM instance_keys WHERE master_key_id <> newest.id))::int AS master,
         (SELECT count(*) FROM master_keys)::int AS masters,
         (SELECT count(*) FROM organization_keys)::int - (SELECT count(*) FROM organizations)::int AS extra
    FROM (SELECT id FROM master_keys ORDER BY created_at DESC LIMIT 1) newest`;

/** Sends one kind of request after the other and remembers what has to be readable for ever. */
class Load {
  requests = 0;
  faults = [];
  #kept = { tokens: [], policies: [], files: [] };
  #number = 0;
  #going = true;
  #busy = new Set();

  constructor(cluster, random) {
    this.cluster = cluster;
    this.random = random;
  }

  start() {
    this.lanes = Promise.all(Array.from({ length: LANES }, () => this.#lane()));
    this.lanes.catch(() => {});
  }

  async stop() {
    this.#going = false;
    await this.lanes;
  }

  /** Keeps requests from one process until it is given back. */
  async without(api, work) {
    this.#busy.add(api);
    // Requests that are under way there end first.
    await sleep(500);
    await work();
    this.#busy.delete(api);
  }

  async #lane() {
    const kinds = [
      ...[this.#protect, this.#restore, this.#storePolicy, this.#readPolicy, this.#readLog],
      ...[this.#storeFile, this.#readFile],
    ];
    while (this.#going) {
      try {
        await this.random.pick(kinds).call(this);
      } catch (error) {
        this.faults.push(`no answer: ${error.message}`);
      }
    }
  }

  #anyApi() {
    return this.random.pick(this.cluster.urls.map((_, api) => api).filter((api) => !this.#busy.has(api)));
  }

  async #call(status, method, path, json) {
    return this.#expect(
      status,
      `${method} ${path}`,
      await this.cluster.call(method, path, { json, api: this.#anyApi() }),
    );
  }

  #expect(status, what, answer) {
    this.requests++;
    if (answer.status === status) return answer.body;
    this.faults.push(`${what} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return undefined;
  }

  #same(what, got, wanted) {
    if (JSON.stringify(got) !== JSON.stringify(wanted)) this.faults.push(`${what} came back as another`);
  }

  async #protect() {
    const text = `Write to person${++this.#number}@example.com today.`;
    const body = await this.#call(200, 'POST', '/api/v1/process', { data: text, method: 'tokenization' });
    if (body) this.#kept.tokens.push({ text, tokens: body.processed_data });
  }

  async #restore() {
    if (this.#kept.tokens.length === 0) return this.#protect();
    const { text, tokens } = this.random.pick(this.#kept.tokens);
    const body = await this.#call(200, 'POST', '/api/v1/detokenize', { data: tokens });
    if (body) this.#same('a text', body.data, text);
  }

  async #storePolicy() {
    const config = { deny_list: [`Secret ${++this.#number}`] };
    const resource = { name: `policy ${this.#number}`, type: 'processor', config };
    const body = await this.#call(201, 'POST', '/api/v1/resources', resource);
    if (body) this.#kept.policies.push({ id: body.id, config });
  }

  async #readPolicy() {
    if (this.#kept.policies.length === 0) return this.#storePolicy();
    const { id, config } = this.random.pick(this.#kept.policies);
    const body = await this.#call(200, 'GET', `/api/v1/resources/${id}`);
    if (body) this.#same('a policy', body.config, config);
  }

  get #target() {
    return { url: this.cluster.urls[this.#anyApi()], key: this.cluster.key };
  }

  async #storeFile() {
    const name = `file ${++this.#number}.txt`;
    const bytes = Buffer.from(`${name} `.repeat(1 + this.random.below(20_000)));
    const path = '/api/v1/files/upload';
    const sent = await upload({ ...this.#target, path, bytes, name, projectId: '' });
    const body = this.#expect(201, `POST ${path}`, sent);
    if (body) this.#kept.files.push({ id: body.file_id, size: bytes.length });
  }

  async #readFile() {
    if (this.#kept.files.length === 0) return this.#storeFile();
    const { id, size } = this.random.pick(this.#kept.files);
    const path = `/api/v1/files/id/${id}/download`;
    const got = await download({ ...this.#target, path });
    const answer = { ...got, body: got.status === 200 ? got : got.text };
    if (this.#expect(200, `POST ${path}`, answer)) this.#same('a file', got.size, size);
  }

  async #readLog() {
    await this.#call(200, 'GET', `/api/v1/audit-logs?page_size=50&page=${1 + this.random.below(3)}`);
  }
}

async function jobEnded(cluster, id) {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { body } = await cluster.call('GET', `/api/v1/jobs/${id}`);
    if (!['queued', 'running'].includes(body.status)) return body;
    if (Date.now() > until) throw new Error(`${id} stands still: ${JSON.stringify(body)}`);
    await sleep(POLL_MS);
  }
}

/** Ends a worker in the middle, and replaces an API process by one that has opened no key. */
async function disturb(cluster, load, random) {
  const worker = random.pick(cluster.workers);
  await sleep(random.below(80));
  await worker.kill();
  await worker.start();
  const api = 1 + random.below(cluster.apis.length - 1);
  await load.without(api, async () => {
    await cluster.apis[api].stop();
    await cluster.apis[api].start();
  });
}

/** One rotation from its request to its count; answers what is wrong with it, and what is left under old keys. */
async function rotation({ cluster, database, load, random, target, disturbed }) {
  const asked = await cluster.call('POST', ROTATE, { json: { target }, api: 0 });
  if (asked.status !== 202) return { fault: `${target}: ${JSON.stringify(asked.body)}`, left: 0 };
  const [job] = await Promise.all([
    jobEnded(cluster, asked.body.id),
    disturbed ? disturb(cluster, load, random) : undefined,
  ]);
  const { rows } = await database.query(OLD_WRAPPERS);
  const left = rows[0].organization + rows[0].master;
  const strange = job.status !== 'completed' || left > 0 || rows[0].masters !== 1 || rows[0].extra !== 0;
  return { fault: strange ? `${target}: ${job.status}, ${JSON.stringify(rows[0])}` : undefined, left };
}

async function rotateInTurn({ cluster, database, load, trials, random, backend }) {
  const sums = new Map(TARGETS.map((target) => [target, { rotations: 0, kills: 0, left: 0 }]));
  const faults = [];
  for (let number = 0; number < trials; number++) {
    for (const target of TARGETS) {
      const disturbed = number % KILL_EVERY === KILL_EVERY - 1;
      const { fault, left } = await rotation({ cluster, database, load, random, target, disturbed });
      const sum = sums.get(target);
      sum.rotations++;
      sum.kills += disturbed ? 1 : 0;
      sum.left += left;
      if (fault) faults.push(fault);
    }
    if ((number + 1) % 10 === 0)
      console.log(`${backend}: ${number + 1} rotations of each, ${load.requests} requests`);
  }
  return { sums, faults };
}

async function run({ cluster, trials, random, backend }) {
  const database = new pg.Client({ connectionString: cluster.databaseUrl });
  await database.connect();
  const load = new Load(cluster, random);
  load.start();
  try {
    const { sums, faults } = await rotateInTurn({ cluster, database, load, trials, random, backend });
    await load.stop();
    const rows = [...sums].map(([target, { rotations, kills, left }]) => [
      target,
      rotations,
      kills,
      load.requests,
      load.faults.length,
      left,
    ]);
    return { rows, faults: [...faults, ...load.faults] };
  } finally {
    await load.stop();
    await database.end();
  }
}

export const proof = {
  name: 'key-rotation',
  title: 'Key rotation proof',
  unit: 'rotations of each key',
  trials: 100,
  brief: 2,
  about: ABOUT,
  // The master key lies in the data folder, so that any process can make the next one.
  cluster: { apis: 4, workers: 2, settings: { REDOUBT_MASTER_KEY: '' } },
  columns: ['key', 'rotations', 'workers killed', 'requests meanwhile', 'failed', 'left under old keys'],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
