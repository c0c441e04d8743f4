// npm run proof:revocation — a revoked key is refused by every process from the very next request on.
import { isMain, runProof } from './frame.mjs';

const LANES = 8;

const ABOUT = `Four API processes on one database. Each trial makes a key, uses it at every process, revokes it at one of
them, and, as soon as that answers, uses it at all of them at once: each must answer 401. Trials run ${LANES} at a time,
each as a client of another address, since refused requests count by address.`;

const USE = '/api/v1/usage';

/** As a proxy would say it. */
const addressOf = (number) => `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;

const statusesEverywhere = (cluster, key, number) =>
  Promise.all(
    cluster.urls.map(async (_, api) => {
      const headers = { 'x-forwarded-for': addressOf(number) };
      return (await cluster.call('GET', USE, { key, api, headers })).status;
    }),
  );

async function trial(cluster, number, random) {
  const json = { name: `proof ${number}`, scopes: ['detect'], plan: 'unlimited' };
  const made = await cluster.call('POST', '/api/v1/api-keys', { json });
  if (made.status !== 201) return `trial ${number}: the key was not made (${made.status})`;
  const { id, key } = made.body;
  const before = await statusesEverywhere(cluster, key, number);
  if (before.some((status) => status !== 200)) return `trial ${number}: before ${before.join(' ')}`;
  const api = random.below(cluster.urls.length);
  const gone = await cluster.call('DELETE', `/api/v1/api-keys/${id}`, { api });
  const after = await statusesEverywhere(cluster, key, number);
  if (gone.status === 204 && after.every((status) => status === 401)) return undefined;
  return `trial ${number}: revoked ${gone.status}, after ${after.join(' ')}`;
}

async function run({ cluster, trials, random }) {
  const faults = [];
  let next = 0;
  const lane = async () => {
    for (let number = ++next; number <= trials; number = ++next) {
      const fault = await trial(cluster, number, random);
      if (fault) faults.push(fault);
      if (number % 1000 === 0) console.log(`${number} trials, ${faults.length} violations`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const uses = trials * cluster.urls.length;
  return { rows: [[cluster.urls.length, trials, uses, faults.length]], faults };
}

export const proof = {
  name: 'revocation',
  title: 'Revocation proof',
  unit: 'keys that are revoked',
  trials: 10_000,
  brief: 30,
  briefBackends: ['postgresql'],
  about: ABOUT,
  cluster: { apis: 4, workers: 0 },
  columns: ['API processes', 'keys revoked', 'uses after it', 'violations'],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
