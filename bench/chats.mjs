// npm run bench:chats — importing, searching and exporting the chats of one owner, beside the same bytes in clear.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Forked } from './forked.mjs';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from './machine.mjs';
import { createRandom } from './random.mjs';
import { RedoubtServer } from './redoubt-server.mjs';
import { checkRow, checkTable, decimals, table } from './report.mjs';
import { median, quantile } from './statistics.mjs';

const USAGE = `node bench/chats.mjs [--chats n] [--words n] [--rounds n] [--seed n] [--no-results]
  --chats       of the one owner (2000), ten messages each
  --words       of a message (50)
  --rounds      of searches and exports (5)
  --seed        of the texts (1)
  --no-results  leaves bench/results/chats.md as it is`;

const MESSAGES = 10;
/** In the oldest chat alone, so that a search for it opens all. */
const RARE = 'xylographer';
const PROBE_MS = 50;
const MOST_MS = { page: 11_000, wait: 500 };
/** Beside the file's bytes, what an import may take of memory. */
const MOST_MEMORY = 10;

const ABOUT = `One owner, ten messages a chat; every tenth message names a person and an e-mail address, which lie as tokens. Import: one file of
Open WebUI's kind, as a form; everything in it is searched for personal data and sealed. Meanwhile \`/livez\` is asked every ${PROBE_MS} ms: the longest
wait is the longest time for which the import let nobody else in. Search: a word of the oldest chat, for which all chats are opened, and a
word of every chat, for which a page is. Export: all chats as JSONL. The baseline has the export's bytes in clear: a bare Fastify server
that takes and gives them as a file, and a scan in memory that parses every line and looks for the word whatever its case.
Server, database and client share the processors.`;

const WORDS =
  `the a of and to in it is that for on with as was at by this be from have or had not but what all were when we there can
brake pads front axle honda civic ceramic service invoice warehouse delivery customer order part number torque bolt caliper disc fluid`.split(
    /\s+/,
  );
const NAMES = ['Maria Lopez', 'John Smith', 'Greta Lindqvist', 'Ahmed Khan', 'Yuki Tanaka'];

function readOptions() {
  const { values } = parseArgs({
    options: {
      chats: { type: 'string', default: '2000' },
      words: { type: 'string', default: '50' },
      rounds: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      'no-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const [chats, words, rounds, seed] = ['chats', 'words', 'rounds', 'seed'].map((name) =>
    Number(values[name]),
  );
  return { chats, words, rounds, seed, write: !values['no-results'] && chats === 2000 };
}

function fileOf({ chats, words, seed }) {
  const random = createRandom(seed);
  const say = () => Array.from({ length: words }, () => random.pick(WORDS)).join(' ');
  const messageOf = (chat, at) => {
    const name = random.pick(NAMES);
    const person = at === 3 ? ` Ask ${name}, ${name.toLowerCase().replace(' ', '.')}@example.com.` : '';
    const rare = chat === 0 && at === 0 ? ` ${RARE}` : '';
    return {
      id: `m${at}`,
      parentId: at === 0 ? null : `m${at - 1}`,
      role: at % 2 === 0 ? 'user' : 'assistant',
      content: `Chat ${chat}: ${say()}.${person}${rare}`,
      timestamp: 1_700_000_000 + chat * 1000 + at,
    };
  };
  const list = Array.from({ length: chats }, (_, chat) => {
    const messages = Object.fromEntries(
      Array.from({ length: MESSAGES }, (_each, at) => [`m${at}`, messageOf(chat, at)]),
    );
    const history = { currentId: `m${MESSAGES - 1}`, messages };
    return {
      id: `c${chat}`,
      created_at: 1_700_000_000 + chat * 1000,
      chat: { title: `Chat ${chat}`, history },
    };
  });
  return JSON.stringify(list);
}

const headers = ({ key }) => ({ authorization: `Bearer ${key}` });

async function timed(work) {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}

/** The longest that `/livez` took while something was done. */
async function watched(server, work) {
  let over = false;
  let longest = 0;
  const watch = async () => {
    while (!over) {
      const { ms } = await timed(async () => (await fetch(`${server.url}/livez`)).text());
      longest = Math.max(longest, ms);
      await sleep(PROBE_MS);
    }
  };
  const watching = watch();
  try {
    return { ...(await timed(work)), longest: () => longest };
  } finally {
    over = true;
    await watching;
  }
}

/** What the largest of a server's processes has had in memory at most, in bytes; undefined where the system does not say. */
function peakOf(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const peaks = children.map((child) => {
      const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8')) ?? [];
      return Number(kilobytes ?? 0) * 1024;
    });
    return Math.max(...peaks);
  } catch {
    return undefined;
  }
}

async function importing(server, text) {
  const before = peakOf(server.pid);
  const { ms, longest, result } = await watched(server, async () => {
    const form = new FormData();
    form.append('file', new Blob([text]), 'chats.json');
    const url = `${server.url}/api/v1/chats/import`;
    const answer = await fetch(url, { method: 'POST', headers: headers(server), body: form });
    return { status: answer.status, body: await answer.json() };
  });
  if (result.status !== 200 || result.body.refused > 0) throw new Error(JSON.stringify(result).slice(0, 500));
  const after = peakOf(server.pid);
  return { ms, longest: longest(), messages: result.body.messages, grown: after - before };
}

/** A search up to its first hit; a page ends after ten seconds, found or not, and the next goes on from there. */
async function searching(server, q) {
  const started = performance.now();
  let longest = 0;
  for (let cursor = ''; ; ) {
    const url = `${server.url}/api/v1/chats/search?q=${q}${cursor && `&cursor=${cursor}`}`;
    const page = await timed(async () => (await fetch(url, { headers: headers(server) })).json());
    longest = Math.max(longest, page.ms);
    const { data, next_cursor: next, unreadable } = page.result;
    if (unreadable !== 0 || (data.length === 0 && next === null)) throw new Error(`no hit for ${q}`);
    if (data.length > 0) return { ms: performance.now() - started, longest };
    cursor = next;
  }
}

const exporting = (server) =>
  timed(async () => (await fetch(`${server.url}/api/v1/chats/export`, { headers: headers(server) })).text());

/** The hits of a word in lines of JSON, as many as a page has; the oldest chat is the last line. */
function scan(text, word, most) {
  let hits = 0;
  for (const line of text.split('\n')) {
    if (line === '' || hits === most) continue;
    const { chat, messages } = JSON.parse(line);
    const said = [chat.title, ...messages.map(({ content }) => content)];
    if (said.some((each) => each.toLowerCase().includes(word))) hits += 1;
  }
  return hits;
}

async function bare(text, key, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-chats-'));
  const server = new Forked('bare-file-server.mjs');
  try {
    const { url } = await server.ask({ key, folder, bodyLimit: 2 ** 30 });
    const options = {
      method: 'POST',
      headers: { ...headers({ key }), 'content-type': 'application/octet-stream' },
    };
    const stored = [];
    const given = [];
    for (let round = 1; round <= rounds; round += 1) {
      stored.push(
        (await timed(async () => (await fetch(`${url}/files`, { ...options, body: text })).text())).ms,
      );
      const back = await timed(async () => (await fetch(`${url}/files/${round}/download`, options)).text());
      if (back.result !== text) throw new Error('the bare server gave something else');
      given.push(back.ms);
    }
    return { stored: median(stored), given: median(given) };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rounds(count, work) {
  const all = [];
  for (let round = 0; round < count; round += 1) all.push(await work());
  return all;
}

const options = readOptions();
ensureBuild();
const about = [...describeMachine(), `Seed: ${options.seed}`, await measureForeignLoad('chats')];
const server = new RedoubtServer();
try {
  await server.start();
  const file = fileOf(options);
  const mb = (length) => length / 1e6;
  const imported = await importing(server, file);
  const again = await importing(server, file);
  const rare = await rounds(options.rounds, () => searching(server, RARE));
  const common = await rounds(options.rounds, () => searching(server, 'caliper'));
  const exports = await rounds(options.rounds, () => exporting(server));
  const [{ result: text }] = exports;
  if (text.trimEnd().split('\n').length !== options.chats) throw new Error('an export lacks chats');
  const plain = await bare(text, server.key, options.rounds);
  const scans = {
    rare: await rounds(options.rounds, () => timed(() => scan(text, RARE, 20))),
    common: await rounds(options.rounds, () => timed(() => scan(text, 'caliper', 20))),
  };
  const timesOf = (list) => list.map(({ ms }) => ms);
  const row = (name, own, base) => [
    name,
    decimals(median(own), 0),
    decimals(quantile(own, 1), 0),
    decimals(base, 1),
    decimals(median(own) / base, 1),
  ];
  const figures = table(
    ['what', 'median ms', 'longest ms', 'in clear, median ms', 'times as long'],
    [
      row(`import of ${options.chats} chats`, [imported.ms], plain.stored),
      row('the same file again: all skipped', [again.ms], plain.stored),
      row('search, all chats opened', timesOf(rare), median(timesOf(scans.rare))),
      row('search, a page of 20', timesOf(common), median(timesOf(scans.common))),
      row('export of all', timesOf(exports), plain.given),
    ],
  );
  const speeds = table(
    ['speed', 'messages/s', 'MB/s'],
    [
      [
        'import',
        decimals((imported.messages / imported.ms) * 1000, 0),
        decimals(mb(file.length) / (imported.ms / 1000), 2),
      ],
      [
        'search',
        decimals((imported.messages / median(timesOf(rare))) * 1000, 0),
        decimals(mb(text.length) / (median(timesOf(rare)) / 1000), 2),
      ],
      [
        'export',
        decimals((imported.messages / median(timesOf(exports))) * 1000, 0),
        decimals(mb(text.length) / (median(timesOf(exports)) / 1000), 2),
      ],
    ],
  );
  const waits = Math.max(imported.longest, again.longest);
  const pages = [...rare, ...common].map(({ longest }) => longest);
  const checks = [
    checkRow(
      `a page of a search ends: after at most ${MOST_MS.page} ms`,
      `${decimals(quantile(pages, 1), 0)} ms`,
      quantile(pages, 1) <= MOST_MS.page,
    ),
    checkRow(
      `an import lets others in: /livez waits at most ${MOST_MS.wait} ms`,
      `${decimals(waits, 0)} ms`,
      waits <= MOST_MS.wait,
    ),
    ...(Number.isNaN(imported.grown)
      ? []
      : [
          checkRow(
            `an import of ${decimals(mb(file.length), 1)} MB takes at most ${MOST_MEMORY} times as much memory, and 200 MB`,
            `${decimals(mb(imported.grown), 0)} MB`,
            imported.grown <= MOST_MEMORY * file.length + 200e6,
          ),
        ]),
  ];
  const report = [
    '# Chats: importing, searching, exporting\n',
    `${about.map((line) => `- ${line}`).join('\n')}\n`,
    `${ABOUT}\n`,
    `## ${options.chats} chats, ${imported.messages} messages, ${decimals(mb(text.length), 1)} MB exported\n`,
    `${figures}\n`,
    `${speeds}\n`,
    `## Checks\n`,
    `${checkTable(checks)}\n`,
  ].join('\n');
  console.log(report);
  if (options.write) writeFileSync(join(ROOT, 'bench', 'results', 'chats.md'), report);
  process.exitCode = checks.every(({ passed }) => passed) ? 0 : 1;
} finally {
  await server.dispose();
}
