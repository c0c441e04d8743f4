// npm run proof:ephemeral-keys — a thousand keys at 50 a second, each within 50 ms; an empty pool says so at once.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { decimals } from '../bench/report.mjs';
import { quantile } from '../bench/statistics.mjs';
import { isMain, runProof } from './frame.mjs';

const ABOUT = `One API process and one worker, which has filled a pool of 1,200 keys. Keys are asked for at 50 a second, each at its
moment whether or not those before it have been answered, and its time counts from that moment; the worker refills the
pool meanwhile. Every answer must be a 200 with a key that nobody else got, and 99 of 100 must be
there within 50 ms. Then the pool is drained as fast as it goes: its end is a 503 with \`Retry-After\`, as fast as a key,
since none is made while a client waits, and a client that waits as long as it was told gets a key.`;

const PATH = '/api/v1/crypto/ephemeral-key';
const POOL = 1_200;
const PER_SECOND = 50;
const P99_MS = 50;
const LANES = 8;
const POLL_MS = 5_000;
const WARM_UP = 20;
/** A pool that is not full by then will not be. */
const FILL_MS = 90 * 60_000;

/** Waits for a full pool, and says how far it is. */
async function filled(cluster) {
  const client = new pg.Client({ connectionString: cluster.databaseUrl });
  await client.connect();
  try {
    for (const until = Date.now() + FILL_MS; Date.now() < until; await sleep(POLL_MS)) {
      const { rows } = await client.query(
        'SELECT count(*)::integer AS ready FROM ephemeral_keys WHERE expires_at IS NULL',
      );
      console.log(`${rows[0].ready} of ${POOL} keys are ready`);
      if (rows[0].ready >= POOL) return;
    }
  } finally {
    await client.end();
  }
  throw new Error('the pool was never full');
}

/** One call, with the time from `since` to its last byte. */
async function ask(cluster, since = performance.now()) {
  const { status, headers, body } = await cluster.call('GET', PATH);
  return { status, ms: performance.now() - since, id: body?.key_id, wait: headers.get('retry-after') };
}

/** Each call at its own moment. Its time counts from that moment, so that a late start hides nothing. */
function openLoop(cluster, amount) {
  const started = performance.now();
  const calls = Array.from({ length: amount }, async (_, index) => {
    const due = started + (index * 1_000) / PER_SECOND;
    await sleep(due - performance.now());
    return ask(cluster, due);
  });
  return Promise.all(calls);
}

/** Takes keys until there is none, and then what an empty pool answers. */
async function drain(cluster) {
  const answers = [];
  const lane = async () => {
    for (let left = 2 * POOL; left > 0 && answers.at(-1)?.status !== 503; left--)
      answers.push(await ask(cluster));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const taken = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status === 503);
  await sleep(Number(refused[0]?.wait ?? 0) * 1_000);
  const later = await ask(cluster);
  return { taken, refused, later, others: answers.length - taken.length - refused.length };
}

const timesOf = (answers) =>
  [0.5, 0.95, 0.99, 1].map((share) =>
    decimals(
      quantile(
        answers.map(({ ms }) => ms),
        share,
      ),
      1,
    ),
  );

const distinct = (answers) => new Set(answers.map(({ id }) => id)).size;

async function run({ cluster, trials }) {
  await filled(cluster);
  await openLoop(cluster, WARM_UP);
  const asked = await openLoop(cluster, trials);
  const given = asked.filter(({ status }) => status === 200);
  const { taken, refused, later, others } = await drain(cluster);
  const p99 = quantile(
    asked.map(({ ms }) => ms),
    0.99,
  );
  const everyKey = [...given, ...taken];
  const checks = [
    [given.length === trials, `${trials - given.length} of ${trials} calls got no key`],
    [p99 <= P99_MS, `p99 is ${decimals(p99, 1)} ms`],
    [distinct(everyKey) === everyKey.length, 'a key went to two clients'],
    [
      refused.length > 0 && others === 0,
      `an empty pool gave ${refused.length} × 503 and ${others} other answers`,
    ],
    [refused.every(({ wait }) => Number(wait) > 0), 'a 503 had no Retry-After'],
    [later.status === 200, `after Retry-After came ${later.status}`],
  ];
  return {
    rows: [
      [`${PER_SECOND} a second`, asked.length, given.length, distinct(given), ...timesOf(asked)],
      ['to the last key', taken.length, taken.length, distinct(taken), ...timesOf(taken)],
      ['from an empty pool', refused.length, 0, 0, ...timesOf(refused)],
    ],
    faults: checks.flatMap(([holds, fault]) => (holds ? [] : [fault])),
  };
}

export const proof = {
  name: 'ephemeral-keys',
  title: 'Ephemeral keys proof',
  unit: 'keys, at most 1,100,',
  trials: 1_000,
  about: ABOUT,
  cluster: {
    apis: 1,
    workers: 1,
    settings: { REDOUBT_EPHEMERAL_POOL: String(POOL), REDOUBT_EPHEMERAL_PER_MINUTE: '1000000' },
  },
  columns: ['asked', 'calls', 'keys', 'distinct', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
