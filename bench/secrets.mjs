// npm run bench:secrets — reading an environment beside a bare Fastify route, importing, and detection with many secrets.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Forked } from './forked.mjs';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from './machine.mjs';
import { anySeed } from './random.mjs';
import { RedoubtServer } from './redoubt-server.mjs';
import { checkRow, checkTable, decimals, table } from './report.mjs';
import { measureRounds, ROUND_COLUMNS, roundCells, summarize } from './rounds.mjs';
import { secretsDetection } from './secrets-detection.mjs';
import { median, quantile } from './statistics.mjs';

const USAGE = `node bench/secrets.mjs [--rounds n] [--seconds n] [--seed n] [--no-results]
  --rounds      rounds of every measurement (5)
  --seconds     length of a round of reading (4)
  --seed        of everything random; any when absent, and printed
  --no-results  leaves bench/results/secrets.md as it is`;

const VARIABLES = 100;
const CONNECTIONS = 32;
const IMPORTED = 1_000;
const IMPORTS = 9;
const READS = 1_000;
const LEAST_RATIO = 0.1;
const MOST_MS = { read: 3, import: 500 };

const ABOUT = `An environment with ${VARIABLES} variables, read whole: its values are opened and every reading leaves an audit row before
it is answered. Beside it a bare Fastify route, with authentication alone, that serialises the same body. Redoubt as it starts, with one API process
and a worker; database, server and load share the processors. Imports: ${IMPORTED} variables that are not there yet, each sealed under a key of its
own, with their versions and events, in one transaction; ${IMPORTS} environments, one after another.`;

const BARE = 'bare Fastify, the same body';
const READ = 'an environment of 100 variables';

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      seed: { type: 'string' },
      'no-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const seed = values.seed === undefined ? anySeed() : Number(values.seed);
  return {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    seed,
    write: !values['no-results'],
  };
}

/** A file of as many variables as somebody likes, with values such as applications have. */
const fileOf = (count) =>
  Array.from(
    { length: count },
    (_, index) => `SERVICE_${index}_KEY=sk_live_${randomBytes(16).toString('hex')}`,
  ).join('\n');

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** A request over the one connection there is; what it takes is the server's time, and hardly the client's. */
function send({ url, key }, method, path, json) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const sent = request(url + path, { method, agent, headers }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(json && JSON.stringify(json));
  });
}

async function must(server, method, path, json, expected) {
  const { status, text } = await send(server, method, path, json);
  if (status !== expected) throw new Error(`${method} ${path}: ${status} ${text}`);
  return text;
}

const made = async (server, path, json, expected = 200) =>
  JSON.parse(await must(server, 'POST', path, json, expected));

let environments = 0;

/** A new environment, and how long the import that fills it took, in milliseconds. */
async function fill(server, count) {
  const { id } = await made(server, '/api/v1/environments', { name: `bench-${environments++}` }, 201);
  const data = fileOf(count);
  const started = performance.now();
  const { summary } = await made(server, `/api/v1/environments/${id}/import`, { data });
  const ms = performance.now() - started;
  if (summary.added !== count) throw new Error(`an import added ${summary.added} of ${count}`);
  return { id, ms };
}

async function readAlone(server, path) {
  const times = [];
  for (let count = 0; count < READS; count += 1) {
    const started = performance.now();
    await must(server, 'GET', path, undefined, 200);
    times.push(performance.now() - started);
  }
  return times.slice(READS / 10);
}

async function reading(server, { rounds, seconds }) {
  const { id } = await fill(server, VARIABLES);
  const path = `/api/v1/environments/${id}/variables?page_size=${VARIABLES}`;
  const page = JSON.parse(await must(server, 'GET', path, undefined, 200));
  const [bare, load] = [new Forked('bare-server.mjs'), new Forked('load.mjs')];
  try {
    const { url } = await bare.ask({ key: server.key, page });
    const cases = [
      { name: BARE, url: `${url}/page`, key: server.key, method: 'GET' },
      { name: READ, url: `${server.url}${path}`, key: server.key, method: 'GET' },
    ];
    const samples = await measureRounds(load, cases, { connections: CONNECTIONS, seconds, rounds });
    const figures = new Map(cases.map(({ name }) => [name, summarize(samples.get(name), samples.get(BARE))]));
    return { figures, bytes: JSON.stringify(page).length, alone: await readAlone(server, path) };
  } finally {
    await Promise.all([bare.stop(), load.stop()]);
  }
}

async function importing(server) {
  await fill(server, IMPORTED);
  const times = [];
  for (let count = 0; count < IMPORTS; count += 1) times.push((await fill(server, IMPORTED)).ms);
  return times;
}

const options = readOptions();
console.log(`Seed: ${options.seed}`);
ensureBuild();
const about = [...describeMachine(), `Seed: ${options.seed}`, await measureForeignLoad('secrets')];
const detection = await secretsDetection(options);
const server = new RedoubtServer();
try {
  await server.start();
  const { figures, bytes, alone } = await reading(server, options);
  const imports = await importing(server);
  const [ratio, p50, importMs] = [figures.get(READ).ratio, quantile(alone, 0.5), median(imports)];
  const checks = [
    checkRow(`reading: at least ${LEAST_RATIO} of the bare route`, decimals(ratio, 3), ratio >= LEAST_RATIO),
    checkRow(
      `reading, one connection: p50 at most ${MOST_MS.read} ms`,
      `${decimals(p50, 2)} ms`,
      p50 <= MOST_MS.read,
    ),
    checkRow(
      `an import of ${IMPORTED}: at most ${MOST_MS.import} ms`,
      `${decimals(importMs, 0)} ms`,
      importMs <= MOST_MS.import,
    ),
    ...detection.checks,
  ];
  const report = [
    '# Secrets: speed',
    about.map((line) => `- ${line}`).join('\n'),
    ABOUT,
    `## Reading (${bytes} bytes, ${CONNECTIONS} connections)`,
    table(
      ['route', ...ROUND_COLUMNS],
      [...figures].map(([name, figure]) => [name, ...roundCells(figure)]),
    ),
    `One connection, ${alone.length} requests: p50 ${decimals(p50, 2)} ms, p99 ${decimals(quantile(alone, 0.99), 2)} ms.`,
    '## Importing',
    table(
      ['variables', 'median ms', 'shortest–longest ms'],
      [
        [
          IMPORTED,
          decimals(importMs, 0),
          `${decimals(Math.min(...imports), 0)}–${decimals(Math.max(...imports), 0)}`,
        ],
      ],
    ),
    '## Detection',
    detection.text,
    '## Checks',
    checkTable(checks),
  ].join('\n\n');
  console.log(`\n${report}`);
  if (options.write) writeFileSync(join(ROOT, 'bench', 'results', 'secrets.md'), `${report}\n`);
  process.exitCode = checks.every(({ passed }) => passed) ? 0 : 1;
} finally {
  agent.destroy();
  await server.dispose();
}
