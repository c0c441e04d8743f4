// npm run proof:memberships — a membership that has ended, and a login token that was revoked, open nothing in any
// process from the very next request on.
import { isMain, runProof } from './frame.mjs';

const LANES = 8;

/** As many as the plan of a login lets somebody do within one minute. */
const TRIALS_A_PERSON = 4;

const ABOUT = `Four API processes on one database. Each trial logs somebody in, makes them a member of an organization, and
reads it with their token at every process. Then their membership is ended at one of them, and as soon as that answers the
organization is read at all of them at once: each must answer 404. Then the token is revoked at another, and used at all of
them at once: each must answer 401. Trials run ${LANES} at a time; a person is in ${TRIALS_A_PERSON} of them, one after the other.`;

const PASSWORD = 'rather a long secret 77';

/** As a proxy would say it: what has no valid credential counts by address. */
const addressOf = (number) => `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;

const headersOf = (number) => ({ 'x-forwarded-for': addressOf(number) });

const statusesEverywhere = (cluster, path, key, number) =>
  Promise.all(
    cluster.urls.map(
      async (_, api) => (await cluster.call('GET', path, { key, api, headers: headersOf(number) })).status,
    ),
  );

const all = (statuses, expected) => statuses.every((status) => status === expected);

/** Does a step that must succeed. @throws Error saying which did not, and with what status */
async function must(cluster, method, path, options, expected) {
  const { status, body } = await cluster.call(method, path, options);
  if (status !== expected) throw new Error(`${method} ${path}: ${status} ${body?.error?.code ?? ''}`);
  return body;
}

async function register(cluster, run, number) {
  const username = `proof_${run}_${number}`;
  const email = `${username}@example.com`;
  const json = { username, email, password: PASSWORD };
  const options = { json, key: '', headers: headersOf(number) };
  const { user } = await must(cluster, 'POST', '/api/v1/auth/register', options, 201);
  return { id: user.id, email };
}

async function trial(cluster, organization, person, number, random) {
  const headers = headersOf(number);
  const credentials = { email: person.email, password: PASSWORD };
  const login = { json: credentials, key: '', headers };
  const { token, token_id } = await must(cluster, 'POST', '/api/v1/auth/login', login, 200);
  const invitation = { json: { email: person.email, role: 'viewer' } };
  const path = `/api/v1/organizations/${organization}`;
  const invited = await must(cluster, 'POST', `${path}/invitations`, invitation, 201);
  const accept = { key: token, json: { token: invited.token }, headers };
  await must(cluster, 'POST', '/api/v1/invitations/accept', accept, 200);
  const before = await statusesEverywhere(cluster, path, token, number);
  if (!all(before, 200)) return `trial ${number}: before ${before.join(' ')}`;
  const removal = { api: random.below(cluster.urls.length) };
  await must(cluster, 'DELETE', `${path}/members/${person.id}`, removal, 204);
  const outside = await statusesEverywhere(cluster, path, token, number);
  if (!all(outside, 404)) return `trial ${number}: after the membership ${outside.join(' ')}`;
  const revocation = { api: random.below(cluster.urls.length), key: token, headers };
  await must(cluster, 'DELETE', `/api/v1/auth/tokens/${token_id}`, revocation, 204);
  const after = await statusesEverywhere(cluster, path, token, number);
  return all(after, 401) ? undefined : `trial ${number}: after the token ${after.join(' ')}`;
}

async function run({ cluster, trials, random }) {
  const faults = [];
  const runName = String(random.below(1_000_000_000));
  const { data } = await must(cluster, 'GET', '/api/v1/organizations', {}, 200);
  const organization = data[0].id;
  let next = 0;
  const lane = async () => {
    while (next < trials) {
      const first = next + 1;
      next += TRIALS_A_PERSON;
      try {
        const person = await register(cluster, runName, first);
        for (let number = first; number < first + TRIALS_A_PERSON && number <= trials; number += 1) {
          const fault = await trial(cluster, organization, person, number, random);
          if (fault) faults.push(fault);
          if (number % 1000 === 0) console.log(`${number} trials, ${faults.length} violations`);
        }
      } catch (error) {
        faults.push(`trials from ${first}: ${error.message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const uses = trials * cluster.urls.length * 2;
  return { rows: [[cluster.urls.length, trials, uses, faults.length]], faults };
}

export const proof = {
  name: 'memberships',
  title: 'Memberships proof',
  unit: 'memberships and login tokens that end',
  trials: 10_000,
  brief: 12,
  briefBackends: ['postgresql'],
  about: ABOUT,
  cluster: { apis: 4, workers: 0, settings: { REDOUBT_ACCOUNTS_PER_MINUTE: '1000000' } },
  columns: ['API processes', 'memberships and tokens ended', 'uses after it', 'violations'],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
