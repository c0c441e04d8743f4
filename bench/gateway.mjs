// npm run bench:gateway — completions behind the shield, beside a bare streaming proxy in front of the same echo upstream.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Forked } from './forked.mjs';
import { measureLatency } from './gateway-latency.mjs';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from './machine.mjs';
import { RedoubtServer } from './redoubt-server.mjs';
import { checkRow, checkTable, decimals, table } from './report.mjs';
import { measureRounds, ROUND_COLUMNS, roundCells, summarize } from './rounds.mjs';

const USAGE = `node bench/gateway.mjs [--rounds n] [--seconds n] [--requests n] [--no-results]
  --rounds      rounds of load (5)
  --seconds     length of a round (4)
  --requests    requests one by one, of each kind (1,000)
  --no-results  leaves bench/results/gateway.md as it is`;

const CONNECTIONS = 32;
const LEAST_RATIO = 0.4;
const MOST_MS = { whole: 3, first: 2 };
/** More than any round sends. */
const PLENTY = 1_000_000;

const BARE = 'bare Fastify and undici, passing on';
const GATEWAY = 'Redoubt, shield, limits, audit and receipt';
const PLAIN = 'the same, nothing personal in the request';

const ABOUT = `Streamed completions. The echo upstream repeats the last message word by word: some sixty events an answer. The request holds a
name, an address and a number, which become tokens and come back. Redoubt as it starts, with one API process and a worker; its key has limits
by minute, day and slots; the receipt and the audit row are committed before the request leaves, the receipt's end and the event before the
stream ends. Database, echo upstream, proxy and load share the processors. One by one: direct and through Redoubt take turns.`;

const WORDS =
  'please write a short and friendly reminder in two sentences and mention that the appointment was moved to the afternoon because the doctor is in surgery until noon and that nobody has to bring anything but the insurance card';
const bodyOf = (content) => ({
  model: 'echo',
  stream: true,
  messages: [
    { role: 'system', content: 'You write letters for a practice. Be brief, and never invent anything.' },
    { role: 'user', content },
  ],
});
const PERSONAL = bodyOf(`${WORDS} to John Smith, john.smith@example.com, 555-123-4567, and sign it.`);
const HARMLESS = bodyOf(`${WORDS} to our neighbour, by mail, with the usual number, and sign it.`);

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      requests: { type: 'string', default: '1000' },
      'no-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  return {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    requests: Number(values.requests),
    write: !values['no-results'],
  };
}

async function post(server, path, json) {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
  if (response.status !== 201) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** A key that everything is counted for, and an upstream that the shield is on for. */
async function prepare(server, baseUrl) {
  await post(server, '/api/v1/configs/upstreams', {
    name: 'echo',
    base_url: baseUrl,
    private: false,
    models: ['echo'],
  });
  const limits = { per_minute: PLENTY, per_day: PLENTY, concurrent: PLENTY };
  const { key } = await post(server, '/api/v1/api-keys', {
    name: 'bench',
    scopes: ['*'],
    plan: 'secureai_enterprise',
    limits,
  });
  return key;
}

async function measure(server, { rounds, seconds, requests }) {
  const [echo, proxy, load] = ['echo-upstream.mjs', 'bare-proxy.mjs', 'load.mjs'].map(
    (name) => new Forked(name),
  );
  try {
    const { baseUrl } = await echo.ask({});
    const key = await prepare(server, baseUrl);
    const { url: bareUrl } = await proxy.ask({ key, baseUrl });
    const through = { url: `${server.url}/v1`, key };
    const latency = await measureLatency({
      direct: { url: baseUrl, key },
      through,
      body: PERSONAL,
      count: requests,
    });
    const cases = [
      { name: BARE, url: `${bareUrl}/v1/chat/completions`, key, body: PERSONAL },
      { name: GATEWAY, url: `${through.url}/chat/completions`, key, body: PERSONAL },
      { name: PLAIN, url: `${through.url}/chat/completions`, key, body: HARMLESS },
    ];
    const samples = await measureRounds(load, cases, { connections: CONNECTIONS, seconds, rounds });
    const figures = new Map(cases.map(({ name }) => [name, summarize(samples.get(name), samples.get(BARE))]));
    return { figures, latency };
  } finally {
    await Promise.all([echo, proxy, load].map((child) => child.stop()));
  }
}

const added = ({ direct, through }) => through - direct;

const options = readOptions();
ensureBuild();
const about = [...describeMachine(), await measureForeignLoad('gateway')];
const server = new RedoubtServer();
try {
  await server.start();
  const { figures, latency } = await measure(server, options);
  const { ratio } = figures.get(GATEWAY);
  const checks = [
    checkRow(`at least ${LEAST_RATIO} of the bare proxy`, decimals(ratio, 3), ratio >= LEAST_RATIO),
    checkRow(
      `p50 at most ${MOST_MS.whole} ms above direct`,
      `${decimals(added(latency.whole), 2)} ms`,
      added(latency.whole) <= MOST_MS.whole,
    ),
    checkRow(
      `first text at most ${MOST_MS.first} ms later`,
      `${decimals(added(latency.first), 2)} ms`,
      added(latency.first) <= MOST_MS.first,
    ),
  ];
  const report = [
    '# Completions behind the shield: speed',
    about.map((line) => `- ${line}`).join('\n'),
    ABOUT,
    `## ${CONNECTIONS} connections`,
    table(
      ['route', ...ROUND_COLUMNS],
      [...figures].map(([name, figure]) => [name, ...roundCells(figure)]),
    ),
    '## One by one',
    table(
      ['p50 of', 'direct, ms', 'through Redoubt, ms', 'added, ms'],
      Object.entries(latency).map(([name, times]) => [
        name === 'first' ? 'the first text' : 'the whole answer',
        ...[times.direct, times.through, added(times)].map((ms) => decimals(ms, 2)),
      ]),
    ),
    checkTable(checks),
  ].join('\n\n');
  console.log(`\n${report}`);
  if (options.write) writeFileSync(join(ROOT, 'bench', 'results', 'gateway.md'), `${report}\n`);
  if (checks.some(({ passed }) => !passed)) process.exitCode = 1;
} finally {
  await server.dispose();
}
