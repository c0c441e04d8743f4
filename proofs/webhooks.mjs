// npm run proof:webhooks — a receiver of webhooks is killed again and again, and workers too: every event arrives all the
// same, and at an ordered webhook in the order in which it happened.
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../bench/free-port.mjs';
import { ROOT } from '../bench/machine.mjs';
import { ManagedProcess } from '../bench/managed-process.mjs';
import { isMain, runProof } from './frame.mjs';

const PROJECTS = 6;
const RESOURCES = 4;
/** A worker's deliveries are another's once its lease has lapsed, after a minute. */
const ARRIVAL_MS = 120_000;
const POLL_MS = 100;

const ABOUT = `An API process and two workers. Projects are made and policies changed while the receiver of two webhooks, one of them
ordered, is killed (SIGKILL) at random moments and started again; after every tenth time a worker is killed too. Whatever was acknowledged must
arrive at both, at least once, under an id that stays the same; at the ordered one what happened to each policy must arrive in its order.
A failed attempt is repeated after 0.2 s here, in place of the standard's pauses.`;

const accepts = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true) ?? socket.destroy());
    socket.once('error', () => resolve(false));
  });

class Receiver {
  static async prepare(folder) {
    const port = await freePort();
    const file = join(folder, `webhooks-${port}.jsonl`);
    const isReady = async () => (await accepts(port)) || (await sleep(20)) === true;
    const args = [join(ROOT, 'proofs', 'webhook-receiver.mjs'), String(port), file];
    const log = join(folder, 'webhook-receiver.log');
    const program = new ManagedProcess(process.execPath, { args, env: {}, log, isReady });
    return Object.assign(new Receiver(), { port, file, program });
  }

  /** What came to a webhook, in its order. */
  received(hook) {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n');
    const whole = lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line));
    return whole.filter((line) => line.hook === hook);
  }
}

/** Makes a call, and throws where it is not answered as it should be. */
async function made(cluster, method, path, json) {
  const { status, body } = await cluster.call(method, path, { json });
  if (status >= 300) throw new Error(`${method} ${path} was answered with ${status}`);
  return body;
}

/** What happened, as it has to arrive. */
class History {
  projects = [];
  /** By policy, the names that it has had. */
  names = new Map();

  constructor(cluster) {
    this.cluster = cluster;
  }

  async begin() {
    for (let count = 0; count < RESOURCES; count++) {
      const json = { name: 'policy 0', type: 'processor', config: {} };
      const { id } = await made(this.cluster, 'POST', '/api/v1/resources', json);
      this.names.set(id, ['policy 0']);
    }
  }

  /** Some projects at once, and a change of each policy, one after the other. */
  async goOn(round) {
    const project = async (_, index) => {
      const json = { name: `Webhook proof ${round} ${index}` };
      this.projects.push((await made(this.cluster, 'POST', '/api/v1/projects', json)).id);
    };
    const projects = Promise.all(Array.from({ length: PROJECTS }, project));
    for (const [id, names] of this.names) {
      const name = `policy ${names.length}`;
      await made(this.cluster, 'PATCH', `/api/v1/resources/${id}`, { name });
      names.push(name);
    }
    await projects;
  }

  get size() {
    return this.projects.length + [...this.names.values()].flat().length;
  }

  /** What is missing of what came. */
  missingIn(lines) {
    const keys = new Set(lines.map(({ data }) => data.project_id ?? `${data.id} ${data.name}`));
    const wanted = [...this.names].flatMap(([id, names]) => names.map((name) => `${id} ${name}`));
    return [...this.projects, ...wanted].filter((key) => !keys.has(key));
  }

  /** Policies whose changes came for the first time in another order than they happened. */
  disorderedIn(lines) {
    return [...this.names].filter(([id, names]) => {
      const came = lines.filter(({ data }) => data.id === id).map(({ data }) => data.name);
      return [...new Set(came)].join() !== names.join();
    });
  }
}

async function register(cluster, port) {
  const webhook = (path, more) => ({ url: `http://127.0.0.1:${port}${path}`, ...more });
  const events = ['project.created', 'resource.created', 'resource.updated'];
  const ids = [];
  for (const one of [webhook('/any', { events }), webhook('/ordered', { events, ordered: true })])
    ids.push((await made(cluster, 'POST', '/api/v1/webhooks', one)).id);
  return ids;
}

async function killWorker(cluster, round, isBrief) {
  if (isBrief || round % 10 !== 9) return;
  const worker = cluster.workers[round % cluster.workers.length];
  await worker.kill();
  await worker.start();
}

async function strike({ cluster, receiver, history, round, random, isBrief }) {
  await receiver.program.start();
  const happening = history.goOn(round);
  await sleep(20 + random.below(250));
  await receiver.program.kill();
  await happening;
  await killWorker(cluster, round, isBrief);
  await sleep(random.below(300));
}

/** Waits until both webhooks have everything. @returns what is missing */
async function arrival(receiver, history) {
  const missing = () =>
    ['/any', '/ordered'].flatMap((hook) =>
      history.missingIn(receiver.received(hook)).map((key) => `${hook}: ${key}`),
    );
  const until = Date.now() + ARRIVAL_MS;
  while (missing().length > 0 && Date.now() < until) await sleep(POLL_MS);
  return missing();
}

/** One event has one id at one webhook, however often it comes. */
function renamedIn(lines) {
  const ids = new Map();
  for (const { id, event, data } of lines) {
    const key = `${event} ${data.project_id ?? `${data.id} ${data.name}`}`;
    ids.set(key, (ids.get(key) ?? new Set()).add(id));
  }
  return [...ids].filter(([, of]) => of.size > 1).map(([key]) => key);
}

async function run({ cluster, trials, random, isBrief }) {
  const receiver = await Receiver.prepare(cluster.folder);
  const webhooks = await register(cluster, receiver.port);
  const history = new History(cluster);
  try {
    await history.begin();
    for (let round = 0; round < trials; round++)
      await strike({ cluster, receiver, history, round, random, isBrief });
    await receiver.program.start();
    const missing = await arrival(receiver, history);
    const [any, ordered] = [receiver.received('/any'), receiver.received('/ordered')];
    const disordered = history.disorderedIn(ordered).map(([id]) => `out of order: ${id}`);
    const renamed = [any, ordered].flatMap(renamedIn).map((key) => `two ids: ${key}`);
    const lost = missing.map((key) => `did not arrive: ${key}`);
    const repeated = any.length + ordered.length - new Set([...any, ...ordered].map(({ id }) => id)).size;
    const row = [trials, history.size, any.length + ordered.length, repeated, lost.length, disordered.length];
    return { rows: [row], faults: [...lost, ...disordered, ...renamed] };
  } finally {
    for (const id of webhooks) await cluster.call('DELETE', `/api/v1/webhooks/${id}`);
    await receiver.program.stop();
  }
}

export const proof = {
  name: 'webhooks',
  title: 'Webhook proof',
  unit: 'times that the receiver is killed',
  trials: 50,
  brief: 4,
  briefBackends: ['postgresql'],
  backends: ['postgresql'],
  about: ABOUT,
  cluster: {
    apis: 1,
    workers: 2,
    settings: {
      REDOUBT_EGRESS_ALLOW: '127.0.0.1',
      REDOUBT_WEBHOOK_RETRY_SECONDS: Array.from({ length: 100 }, () => '0.2').join(','),
    },
  },
  columns: ['kills', 'events', 'requests received', 'repeated', 'lost', 'out of order'],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
