// npm run proof:limits — several processes together never let one request more through than a plan allows.
import { isMain, runProof } from './frame.mjs';

const ABOUT = `Four API processes. Each trial makes a key with limits of its own, drawn at random, and sends more requests than
they allow to all processes at once. "Allowed" is what the key's windows can let through in the time the burst took:
for a minute or an hour the limit itself, for seconds the burst and what flowed in since. More than that is a violation,
and so is less for the fixed windows: no request may be lost either. A store that a busy machine keeps waiting is a 503, which lets nobody through.`;

const USE = '/api/v1/usage';
const CLOCK_SLACK_MS = 5;

const KINDS = ['per_minute', 'per_hour', 'per_day', 'per_month', 'per_second'];

function limitsOf(kind, quota, random) {
  if (kind !== 'per_second') return { [kind]: quota };
  return { per_second: 1 + random.below(20), burst: quota };
}

async function newKey(cluster, limits) {
  const json = { name: 'proof', scopes: ['detect'], plan: 'secureai_enterprise', limits };
  const made = await cluster.call('POST', '/api/v1/api-keys', { json });
  if (made.status !== 201) throw new Error(`the key was not made: ${JSON.stringify(made.body)}`);
  return made.body.key;
}

/** Sends requests to all processes at once and counts their answers by status. */
async function burst(cluster, key, requests) {
  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: requests }, (_, index) =>
      cluster.call('GET', USE, { key, api: index % cluster.urls.length }),
    ),
  );
  const counts = new Map();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return { counts, ms: performance.now() - started };
}

async function trial(cluster, number, random) {
  const kind = KINDS[number % KINDS.length];
  const quota = 5 + random.below(60);
  const limits = limitsOf(kind, quota, random);
  const key = await newKey(cluster, limits);
  const { counts, ms } = await burst(cluster, key, quota * 2 + random.below(40));
  const passed = counts.get(200) ?? 0;
  const flowed = kind === 'per_second' ? Math.floor(((ms + CLOCK_SLACK_MS) / 1000) * limits.per_second) : 0;
  const unanswered = counts.get(503) ?? 0;
  const strange = [...counts.keys()].filter((status) => ![200, 429, 503].includes(status));
  const wrong = passed > quota + flowed || passed + unanswered < quota || strange.length > 0;
  const fault = wrong
    ? `trial ${number}: ${JSON.stringify(limits)} let ${passed} through (${[...counts]})`
    : undefined;
  return { kind, quota, passed, fault };
}

async function run({ cluster, trials, random }) {
  const byKind = new Map(KINDS.map((kind) => [kind, { trials: 0, quota: 0, passed: 0, violations: 0 }]));
  const faults = [];
  for (let number = 0; number < trials; number++) {
    const { kind, quota, passed, fault } = await trial(cluster, number, random);
    const sum = byKind.get(kind);
    sum.trials++;
    sum.quota += quota;
    sum.passed += passed;
    if (fault) faults.push(fault);
    if (fault) sum.violations++;
  }
  const rows = [...byKind].map(([kind, { trials: n, quota, passed, violations }]) => [
    kind,
    n,
    quota,
    passed,
    violations,
  ]);
  return { rows, faults };
}

export const proof = {
  name: 'limits',
  title: 'Limits proof',
  unit: 'bursts',
  trials: 500,
  brief: 10,
  about: ABOUT,
  cluster: { apis: 4, workers: 0 },
  columns: ['window', 'bursts', 'quotas', 'let through', 'violations'],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
