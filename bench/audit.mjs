// npm run bench:audit — audit rows that get their places a second, and what auditing costs a write over HTTP.

import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { measureSequencing } from './audit-sequencing.mjs';
import { Cluster } from './cluster.mjs';
import { Forked } from './forked.mjs';
import { freePort } from './free-port.mjs';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from './machine.mjs';
import { ManagedProcess } from './managed-process.mjs';
import { checkRow, checkTable, decimals, table } from './report.mjs';
import { median } from './statistics.mjs';

const USAGE = `node bench/audit.mjs [--rounds n] [--seconds n] [--rows n] [--no-results]
  --rounds      rounds of load over HTTP, which take turns (5)
  --seconds     length of one (4)
  --rows        rows that are given their places in each case (200000)
  --no-results  leaves bench/results/audit.md as it is`;

const CONNECTIONS = 32;
const LEAST_ROWS = 20_000;
const MODES = ['all', 'rows', 'none'];
const NAMES = {
  all: 'with audit, as always',
  rows: 'rows, but no queue for the log',
  none: 'without audit rows',
};

const ABOUT = `Places: rows of the size of real ones wait in PostgreSQL; the leader's rounds read, hash and write them with the nodes of their
trees and the checkpoints, each round one durable transaction. The work is done by one process and its database.

Writes: \`POST variables\` over ${CONNECTIONS} connections, each round into an environment of its own, one API process at a time of three on the
same database, beside a worker whose leader gives the rows their places all the while. What is left out is left out by the bench, which
exchanges the statement on its way to the database (bench/audit-api.mjs); no setting of Redoubt does.`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    rows: { type: 'string', default: '200000' },
    'no-results': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const [rounds, seconds, rows] = [values.rounds, values.seconds, values.rows].map(Number);

async function places() {
  const { startEmbeddedPostgres } = await import('../dist/platform/embedded-postgres/embedded-postgres.js');
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-bench-'));
  chmodSync(folder, 0o711);
  const server = await startEmbeddedPostgres({ dataDir: folder, say: () => {} });
  try {
    return await measureSequencing(server.url, [
      { rows, organizations: 1 },
      { rows, organizations: 100 },
    ]);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An API process of the bench's own on a cluster's database. */
async function startApi(cluster, masterKey, mode) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const api = new ManagedProcess(process.execPath, {
    args: [join(ROOT, 'bench', 'audit-api.mjs')],
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port), BENCH_AUDIT: mode },
      ...{ DATABASE_URL: cluster.databaseUrl, REDOUBT_DATA_DIR: join(cluster.folder, 'data') },
      ...{ REDOUBT_ADMIN_KEY: cluster.key, REDOUBT_MASTER_KEY: masterKey, REDOUBT_LOG_LEVEL: 'warn' },
    },
    log: join(cluster.folder, `api-${mode}.log`),
    isReady: async () => (await fetch(`${url}/readyz`).catch(() => ({}))).status === 200,
  });
  await api.start();
  return { api, url, mode };
}

let environments = 0;

async function newEnvironment({ url }, key) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ name: `bench-${environments++}` });
  const made = await fetch(`${url}/api/v1/environments`, { method: 'POST', headers, body });
  if (made.status !== 201) throw new Error(`no environment: ${made.status} ${await made.text()}`);
  return (await made.json()).id;
}

/** How many audit rows of a kind there are. @param database a client of pg */
const countRows = async (database) => {
  const { rows } = await database.query(
    "SELECT count(*)::int AS n FROM audit_logs WHERE action = 'variable.created'",
  );
  return rows[0].n;
};

/** A comparison with something that was not left out would say nothing. */
async function assertLeftOut(database, { mode }, before, ok) {
  const written = (await countRows(database)) - before;
  // Writes that the load no longer waited for may end in the next round.
  const isAsItSays = mode === 'none' ? written <= CONNECTIONS : written >= ok;
  if (!isAsItSays) throw new Error(`${mode}: ${written} audit rows for ${ok} writes`);
}

async function writesOf(cluster, apis) {
  const database = new pg.Client({ connectionString: cluster.databaseUrl });
  await database.connect();
  const load = new Forked('load.mjs');
  const samples = new Map(MODES.map((mode) => [mode, []]));
  try {
    for (let round = -1; round < rounds; round++)
      for (const api of apis) {
        const body = {
          environment_id: await newEnvironment(api, cluster.key),
          key: 'V_FRESH',
          value: 'a value',
        };
        const target = { url: `${api.url}/api/v1/variables`, key: cluster.key, body, fresh: true };
        const before = await countRows(database);
        const found = await load.ask({
          ...target,
          connections: CONNECTIONS,
          seconds: round < 0 ? 2 : seconds,
        });
        if (found.ok !== found.answered || found.errors > 0)
          throw new Error(`refused: ${JSON.stringify(found.statuses)}`);
        await assertLeftOut(database, api, before, found.ok);
        if (round >= 0) samples.get(api.mode).push(found);
      }
    return samples;
  } finally {
    await database.end();
    await load.stop();
  }
}

async function writes() {
  const masterKey = randomBytes(32).toString('hex');
  const settings = { REDOUBT_MASTER_KEY: masterKey };
  const cluster = await Cluster.start({ apis: 0, workers: 1, redis: false, settings });
  const apis = [];
  try {
    for (const mode of MODES) apis.push(await startApi(cluster, masterKey, mode));
    return await writesOf(cluster, apis);
  } finally {
    for (const { api } of apis) await api.stop();
    await cluster.dispose();
  }
}

const middle = (samples, figure) => median(samples.map((sample) => sample[figure]));

ensureBuild();
const about = [...describeMachine(), await measureForeignLoad('audit')];
const placed = await places();
const samples = await writes();
const none = samples.get('none');
const placesTable = table(
  ['organizations', 'rows', 'rows/s'],
  placed.map(({ organizations, rows: count, perSecond }) => [organizations, count, Math.round(perSecond)]),
);
const writesTable = table(
  ['POST variables', 'requests/s', 'p50 ms', 'p99 ms', 'ratio to none'],
  MODES.map((mode) => {
    const of = samples.get(mode);
    const ratio = median(of.map(({ perSecond }, round) => perSecond / none[round].perSecond));
    return [
      NAMES[mode],
      Math.round(middle(of, 'perSecond')),
      middle(of, 'p50'),
      middle(of, 'p99'),
      decimals(ratio, 3),
    ];
  }),
);
const slowest = Math.min(...placed.map(({ perSecond }) => perSecond));
const checks = [checkRow(`at least ${LEAST_ROWS} rows/s`, Math.round(slowest), slowest >= LEAST_ROWS)];
const sections = [placesTable, writesTable, checkTable(checks)];
console.log(`\n${sections.join('\n\n')}`);
if (!values['no-results']) {
  const head = about.map((line) => `- ${line}`).join('\n');
  writeFileSync(
    join(ROOT, 'bench', 'results', 'audit.md'),
    `${['# The audit log: speed', head, ABOUT, ...sections].join('\n\n')}\n`,
  );
}
process.exitCode = checks.every(({ passed }) => passed) ? 0 : 1;
