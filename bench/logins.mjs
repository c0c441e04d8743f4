// npm run bench:logins — logins a second beside bare Argon2id, and what a thousand wrong logins a second do.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { hash, verify } from '@node-rs/argon2';
import { Cluster } from './cluster.mjs';
import { addressOf, emailOf, LoginClient, PASSWORD, registerPeople } from './logins-load.mjs';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from './machine.mjs';
import { checkRow, checkTable, decimals, table } from './report.mjs';
import { median, quantile } from './statistics.mjs';

const USAGE = `node bench/logins.mjs [--rounds n] [--seconds n] [--no-results]
  --rounds      rounds of right logins and bare hashing, in turns (5)
  --seconds     length of the flood of wrong logins (20)
  --no-results  leaves bench/results/logins.md as it is`;

const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };
const PEOPLE = 200;
const CONNECTIONS = 8;
const ROUND_MS = 5_000;
const FLOOD_PER_SECOND = 1_000;
const TICK_MS = 20;
const NEEDED_PER_SECOND = 20;
const CLOCK_TICKS = 100;

const ABOUT = `Right logins: ${PEOPLE} accounts in turn over ${CONNECTIONS} connections from one address; each writes a token, a row of
audit and the time of the login. Bare hashing: the same Argon2id (19 MiB, 2 passes, 1 lane) verified one after another in
this process, in rounds that take turns. Server, database and client share the processors.

The flood: ${FLOOD_PER_SECOND} wrong logins a second, sent whether or not earlier ones were answered, for accounts that are there
and that are not. Meanwhile somebody else logs in from another address once a second, and waits as long as Retry-After
says where they are told to.`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '20' },
      'no-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  return { rounds: Number(values.rounds), seconds: Number(values.seconds), write: !values['no-results'] };
}

async function bareRound(stored) {
  const started = performance.now();
  let count = 0;
  for (; performance.now() - started < ROUND_MS; count += 1) await verify(stored, PASSWORD);
  return (count * 1_000) / (performance.now() - started);
}

let turn = 0;

async function loginRound(client) {
  const started = performance.now();
  const times = [];
  const lane = async () => {
    while (performance.now() - started < ROUND_MS) {
      const { status, ms } = await client.login(emailOf(turn++ % PEOPLE), PASSWORD, '10.255.255.1');
      if (status !== 200) throw new Error(`a right login was answered ${status}`);
      times.push(ms);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  return { perSecond: (times.length * 1_000) / (performance.now() - started), times };
}

/** Processor time a process has used, in seconds. */
function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

/** One who logs in once a second, from an address of their own, as a person would. */
async function logInMeanwhile(client, until) {
  const outcome = { asked: 0, served: 0, times: [] };
  for (let index = 0; performance.now() < until; index += 1) {
    const started = performance.now();
    outcome.asked += 1;
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const { status, retryAfter } = await client.login(emailOf(index % PEOPLE), PASSWORD, '192.0.2.77');
      if (status === 200) {
        outcome.served += 1;
        outcome.times.push(performance.now() - started);
        break;
      }
      await sleep(Number(retryAfter ?? 1) * 1_000);
    }
    await sleep(Math.max(0, 1_000 - (performance.now() - started)));
  }
  return outcome;
}

async function flood(cluster, { seconds, addresses }) {
  const attackers = new LoginClient(cluster.urls[0], 256);
  const owner = new LoginClient(cluster.urls[0], 2);
  const statuses = new Map();
  const times = [];
  const sent = [];
  const { pid } = cluster.apis[0];
  const before = processorSeconds(pid);
  const started = performance.now();
  const until = started + seconds * 1_000;
  const owners = logInMeanwhile(owner, until);
  for (let count = 0; performance.now() < until; await sleep(TICK_MS)) {
    const due = Math.floor(((performance.now() - started) * FLOOD_PER_SECOND) / 1_000);
    for (; count < due; count += 1) {
      const email = count % 2 === 0 ? emailOf(count % PEOPLE) : emailOf(700_000 + count);
      sent.push(
        attackers
          .login(email, 'wrong password', addressOf(1 + (count % addresses)))
          .then(({ status, ms }) => {
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            times.push(ms);
          }),
      );
    }
  }
  await Promise.all(sent);
  const elapsed = (performance.now() - started) / 1_000;
  const processors = (processorSeconds(pid) - before) / elapsed;
  const outcome = await owners;
  attackers.close();
  owner.close();
  return { perSecond: sent.length / elapsed, statuses, times, processors, owner: outcome };
}

const floodRow = (addresses, { perSecond, statuses, times, processors, owner }) => [
  addresses,
  decimals(perSecond, 0),
  [...statuses]
    .sort()
    .map(([status, count]) => `${count} × ${status}`)
    .join(', '),
  `${decimals(quantile(times, 0.5), 0)} / ${decimals(quantile(times, 0.99), 0)} ms`,
  decimals(processors, 2),
  `${owner.served} of ${owner.asked}`,
  `${decimals(quantile(owner.times, 0.5), 0)} / ${decimals(Math.max(...owner.times), 0)} ms`,
];

async function measure(cluster, options) {
  const client = new LoginClient(cluster.urls[0]);
  await registerPeople(client, PEOPLE);
  const stored = await hash(PASSWORD, COST);
  const rounds = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const bare = await bareRound(stored);
    const { perSecond, times } = await loginRound(client);
    rounds.push({ bare, perSecond, times, ratio: perSecond / bare });
    console.log(`round ${round + 1}: bare ${decimals(bare, 1)}/s, logins ${decimals(perSecond, 1)}/s`);
  }
  client.close();
  const floods = [];
  for (const addresses of [1, 20, 1_000]) {
    const outcome = await flood(cluster, { ...options, addresses });
    floods.push([addresses, outcome]);
    console.log(floodRow(addresses, outcome).join(' | '));
    await sleep(2_000);
  }
  return { rounds, floods };
}

const options = readOptions();
ensureBuild();
const about = [...describeMachine(), await measureForeignLoad('logins')];
const cluster = await Cluster.start({
  apis: 1,
  workers: 0,
  settings: { REDOUBT_ACCOUNTS_PER_MINUTE: '1000000', REDOUBT_LOGINS_PER_MINUTE: '1000000' },
});
try {
  const { rounds, floods } = await measure(cluster, options);
  const perSecond = median(rounds.map((round) => round.perSecond));
  const times = rounds.flatMap((round) => round.times);
  const [, one] = floods[0];
  const checks = [
    checkRow(
      `right logins: at least ${NEEDED_PER_SECOND} a second`,
      `${decimals(perSecond, 1)}/s`,
      perSecond >= NEEDED_PER_SECOND,
    ),
    checkRow(
      'a flood from one address: everybody else logs in',
      `${one.owner.served} of ${one.owner.asked}`,
      one.owner.served === one.owner.asked,
    ),
    ...floods.map(([addresses, outcome]) =>
      checkRow(
        `a flood from ${addresses}: at most 1.5 processors`,
        decimals(outcome.processors, 2),
        outcome.processors <= 1.5,
      ),
    ),
  ];
  const right = table(
    ['bare Argon2id, median', 'logins, median', 'ratio, median', 'p50 / p99'],
    [
      [
        `${decimals(median(rounds.map((round) => round.bare)), 1)}/s`,
        `${decimals(perSecond, 1)}/s`,
        decimals(median(rounds.map((round) => round.ratio)), 2),
        `${decimals(quantile(times, 0.5), 0)} / ${decimals(quantile(times, 0.99), 0)} ms`,
      ],
    ],
  );
  const wrong = table(
    ['addresses', 'sent/s', 'answers', 'p50 / p99', 'processors', 'others logged in', 'their p50 / longest'],
    floods.map(([addresses, outcome]) => floodRow(addresses, outcome)),
  );
  const report = [
    '# Logins',
    about.map((line) => `- ${line}`).join('\n'),
    ABOUT,
    '## Right logins',
    right,
    '## A flood of wrong ones',
    wrong,
    '## Checks',
    checkTable(checks),
  ].join('\n\n');
  console.log(`\n${report}`);
  if (options.write) writeFileSync(join(ROOT, 'bench', 'results', 'logins.md'), `${report}\n`);
  process.exitCode = checks.every(({ passed }) => passed) ? 0 : 1;
} finally {
  await cluster.dispose();
}
