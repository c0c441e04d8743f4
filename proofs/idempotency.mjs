// npm run proof:idempotency — a write with an Idempotency-Key happens once, however often and wherever it is sent.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMain, runProof } from './frame.mjs';

const PARALLEL = 100;
const PAUSE_MS = 50;
const PATIENCE_MS = 60_000;

const ABOUT = `Four API processes. Each trial sends one write (a new API key) ${PARALLEL} times at once, with one Idempotency-Key,
to all of them; in every second trial kill -9 hits processes meanwhile, in turn an API process, all of them, or the
database server, which are then started again. The write is repeated until it is answered with 201. Afterwards there
must be exactly one key with that name, and every 201 must have named it.`;

const PATH = '/api/v1/api-keys';

async function send(cluster, name, api) {
  try {
    return await cluster.call('POST', PATH, {
      api,
      json: { name, scopes: ['detect'] },
      headers: { 'idempotency-key': name },
    });
  } catch {
    return { status: 0 };
  }
}

const VICTIMS = {
  async 'one API process'(cluster, random) {
    const api = random.pick(cluster.apis);
    await api.kill();
    await api.start();
  },
  async 'all API processes'(cluster) {
    await Promise.all(cluster.apis.map((api) => api.kill()));
    for (const api of cluster.apis) await api.start();
  },
  async 'the database'(cluster) {
    await cluster.killDatabase();
    await cluster.startDatabase();
  },
};

async function untilMade(cluster, name) {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await send(cluster, name, 0);
    if (answer.status === 201) return answer;
    if (Date.now() > until) throw new Error(`${name} was never made: ${answer.status}`);
    await sleep(PAUSE_MS);
  }
}

async function keysNamed(cluster, name) {
  const { body } = await cluster.call('GET', `${PATH}?name=${encodeURIComponent(name)}`);
  return body.data.map(({ id }) => id);
}

async function trial(cluster, random, victim) {
  const name = `proof-${randomUUID()}`;
  const sent = Array.from({ length: PARALLEL }, (_, index) =>
    send(cluster, name, index % cluster.urls.length),
  );
  if (victim) {
    await sleep(random.below(60));
    await VICTIMS[victim](cluster, random);
  }
  const answers = await Promise.all(sent);
  if (victim) await cluster.ready();
  answers.push(await untilMade(cluster, name));
  const made = await keysNamed(cluster, name);
  const named = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id));
  const strange = answers
    .map(({ status }) => status)
    .filter((status) => ![0, 201, 409, 503].includes(status));
  const fine = made.length === 1 && named.size === 1 && named.has(made[0]) && strange.length === 0;
  const cut = answers.filter(({ status }) => status === 0).length;
  return {
    cut,
    fault: fine ? undefined : `${made.length} keys, ${named.size} named, strange answers: ${strange}`,
  };
}

async function run({ cluster, trials, random }) {
  const names = Object.keys(VICTIMS);
  const rows = new Map(['nothing', ...names].map((name) => [name, [0, 0, 0, 0]]));
  const faults = [];
  for (let number = 0; number < trials; number++) {
    const victim = number % 2 === 1 ? names[((number - 1) / 2) % names.length] : undefined;
    const { cut, fault } = await trial(cluster, random, victim);
    const row = rows.get(victim ?? 'nothing');
    row[0] += 1;
    row[1] += PARALLEL;
    row[2] += cut;
    if (fault) row[3] += 1;
    if (fault) faults.push(`trial ${number} (${victim ?? 'nothing'} killed): ${fault}`);
  }
  return { rows: [...rows].map(([name, row]) => [name, ...row]), faults };
}

export const proof = {
  name: 'idempotency',
  title: 'Idempotency proof',
  unit: 'writes, each sent a hundred times at once',
  trials: 60,
  brief: 4,
  briefBackends: ['postgresql'],
  about: ABOUT,
  cluster: { apis: 4, workers: 0 },
  columns: ['killed', 'writes', 'sent', 'cut off', 'violations'],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
