// npm run proof:slots — a slot for a concurrent request is free again once its client has gone, however it went.
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMain, runProof } from './frame.mjs';

const LANES = 20;
/** A third of a lease's life: what is free by then was freed, and did not lapse. */
const SETTLE_MS = 20_000;
const POLL_MS = 100;

/** When clients leave, after they began: some early, some as the answer may come, a few late. */
const MOMENTS_MS = [0, 2, 10, 30, 100, 300, 1_000];

const ABOUT = `Two API processes and a key with ${LANES} concurrent requests. Clients begin a request whose answer takes a while and
break the connection at a random moment: before the body is sent, in its midst, while it is worked on, or as the answer
comes. Never may a slot stay taken: the count must be back at zero within ${SETTLE_MS / 1000} s of the last one, long before leases lapse, and the key must
then take ${LANES} requests at once again.`;

const BODY = JSON.stringify({ data: 'Call Maria Garcia at 555-123-4567. '.repeat(6_000) });

/** Begins a request and breaks it off after some milliseconds, having sent a share of its body. */
function aborted(url, key, { afterMs, share }) {
  return new Promise((resolve) => {
    const call = request(`${url}/api/v1/detect`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(BODY),
      },
    });
    const outcome = { answered: false };
    call.on('response', (response) => {
      outcome.answered = true;
      outcome.status = response.statusCode;
      response.resume();
    });
    call.on('error', () => {});
    call.on('close', () => resolve(outcome));
    if (share < 1) call.write(BODY.slice(0, Math.floor(BODY.length * share)));
    else call.end(BODY);
    setTimeout(() => call.destroy(), afterMs);
  });
}

async function slotsTaken(cluster, key) {
  const { status, body } = await cluster.call('GET', '/api/v1/usage', { key });
  // The request that asks holds a slot of its own.
  return status === 200 ? body.concurrent.used - 1 : `status ${status}`;
}

async function fullRow(cluster, key) {
  const answers = await Promise.all(
    Array.from({ length: LANES }, (_, index) =>
      cluster.call('POST', '/api/v1/detect', { key, json: { data: 'John Smith' }, api: index % 2 }),
    ),
  );
  return answers.filter(({ status }) => status === 200).length;
}

async function run({ cluster, trials, random }) {
  const json = { name: 'proof', scopes: ['*'], plan: 'secureai_enterprise', limits: { concurrent: LANES } };
  const { body } = await cluster.call('POST', '/api/v1/api-keys', { json });
  let next = 0;
  let answered = 0;
  const lane = async () => {
    for (; next++ < trials; ) {
      const how = { afterMs: random.pick(MOMENTS_MS), share: random.pick([0, 0.5, 1, 1, 1]) };
      const outcome = await aborted(cluster.urls[next % cluster.urls.length], body.key, how);
      if (outcome.answered) answered++;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const since = performance.now();
  let taken = await slotsTaken(cluster, body.key);
  for (; taken !== 0 && performance.now() - since < SETTLE_MS; await sleep(POLL_MS)) {
    taken = await slotsTaken(cluster, body.key);
  }
  const settledMs = Math.round(performance.now() - since);
  const again = await fullRow(cluster, body.key);
  const faults = [
    ...(taken === 0 ? [] : [`${taken} slots were still taken`]),
    ...(again === LANES ? [] : [`only ${again} of ${LANES} requests at once were taken afterwards`]),
  ];
  return { rows: [[trials, answered, taken, settledMs, again]], faults };
}

export const proof = {
  name: 'slots',
  title: 'Slots proof',
  unit: 'aborted requests',
  trials: 1_000,
  brief: 30,
  about: ABOUT,
  cluster: { apis: 2, workers: 0 },
  columns: [
    'requests begun',
    'answered before the break',
    'slots taken after',
    'after ms',
    'taken at once again',
  ],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
