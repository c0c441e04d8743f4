// npm run bench:files — uploads and downloads of encrypted files beside a bare Fastify stream to and from disk, and the
// memory of parallel uploads.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Cluster } from './cluster.mjs';
import { download, upload } from './file-load.mjs';
import { Forked } from './forked.mjs';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from './machine.mjs';
import { checkRow, checkTable, decimals, table } from './report.mjs';
import { median } from './statistics.mjs';

const USAGE = `node bench/files.mjs [--rounds n] [--mib n] [--parallel n] [--no-results]
  --rounds      measured rounds (9)
  --mib         size of a file in MiB (50)
  --parallel    uploads at the same time while memory is measured (20)
  --no-results  leaves bench/results/files.md as it is`;

const NEEDED_RATIO = 0.4;
const NEEDED_MIB = 200;
const SETTLE_MS = 3_000;
const POLL_MS = 20;

const ABOUT = `One connection, files of random bytes, medians of rounds that take turns; server, database and client share the
processors. The bare server streams the body to disk as it comes and back. Redoubt reads multipart, hashes, encrypts,
waits until the disk has the file (fsync), and commits document, audit row and event; the bare server does none of it.`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '9' },
      mib: { type: 'string', default: '50' },
      parallel: { type: 'string', default: '20' },
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
    size: Number(values.mib) * 2 ** 20,
    parallel: Number(values.parallel),
    write: !values['no-results'],
  };
}

function expectStatus(answer, status) {
  if (answer.status !== status)
    throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body ?? answer.text)}`);
  return answer;
}

/** Sends and reads files of one server, one after another. */
class Course {
  #count = 0;
  #agent = new Agent({ keepAlive: true });
  #target;

  constructor(target) {
    this.#target = target;
  }

  async upload(bytes) {
    const name = `measured-${process.pid}-${++this.#count}.txt`;
    const sent = await upload({
      ...this.#target,
      agent: this.#agent,
      path: this.#target.upload,
      bytes,
      name,
    });
    return expectStatus(sent, 201).body.file_id;
  }

  async download(fileId, size) {
    const path = this.#target.download(fileId);
    const answer = expectStatus(await download({ ...this.#target, agent: this.#agent, path }), 200);
    if (answer.size !== size) throw new Error(`${answer.size} bytes came instead of ${size}`);
  }

  close() {
    this.#agent.destroy();
  }
}

async function timed(work) {
  const started = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - started) / 1000 };
}

/** Bytes that are text to whoever looks, and do not compress. */
const textOf = (size) =>
  Buffer.from(
    randomBytes(Math.ceil(size / 2))
      .toString('hex')
      .slice(0, size),
    'latin1',
  );

async function measureSpeed(courses, { rounds, size }) {
  const samples = Object.fromEntries(
    Object.keys(courses).map((name) => [name, { uploads: [], downloads: [] }]),
  );
  for (let round = -1; round < rounds; round++) {
    const bytes = textOf(size);
    for (const [name, course] of Object.entries(courses)) {
      const up = await timed(() => course.upload(bytes));
      const down = await timed(() => course.download(up.result, size));
      if (round < 0) continue;
      samples[name].uploads.push(size / up.seconds);
      samples[name].downloads.push(size / down.seconds);
    }
  }
  return samples;
}

/** `VmRSS` of a process, in bytes (Linux). */
const residentBytes = (pid) =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) * 1024;

async function measureMemory(course, pid, { parallel, size }) {
  const bytes = textOf(size);
  await sleep(SETTLE_MS);
  const before = residentBytes(pid);
  let peak = before;
  let done = false;
  const watching = (async () => {
    for (; !done; await sleep(POLL_MS)) peak = Math.max(peak, residentBytes(pid));
  })();
  await Promise.all(Array.from({ length: parallel }, () => course.upload(bytes)));
  done = true;
  await watching;
  return { before, peak };
}

const mib = (bytes) => `${Math.round(bytes / 2 ** 20)} MiB`;

function speedRows({ bare, redoubt }) {
  return ['uploads', 'downloads'].map((way) => {
    const ratios = redoubt[way].map((speed, round) => speed / bare[way][round]);
    const rate = (samples) => Math.round(median(samples[way]) / 2 ** 20);
    return {
      way,
      ratio: median(ratios),
      cells: [way, rate(bare), rate(redoubt), decimals(median(ratios), 2), range(ratios)],
    };
  });
}

const range = (ratios) => `${decimals(Math.min(...ratios), 2)}–${decimals(Math.max(...ratios), 2)}`;

async function measure(options) {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-bare-'));
  const bareServer = new Forked('bare-file-server.mjs');
  const cluster = await Cluster.start({ apis: 1, workers: 1 });
  const { key } = cluster;
  const { url } = await bareServer.ask({ key, folder, bodyLimit: options.size * 2 });
  const project = (await cluster.call('POST', '/api/v1/projects', { json: { name: 'Measured' } })).body;
  const courses = {
    bare: new Course({ url, key, bare: true, upload: '/files', download: (id) => `/files/${id}/download` }),
    redoubt: new Course({
      url: cluster.urls[0],
      key,
      projectId: project.id,
      upload: '/api/v1/files/upload',
      download: (id) => `/api/v1/files/id/${id}/download`,
    }),
  };
  try {
    const rows = speedRows(await measureSpeed(courses, options));
    const memory = await measureMemory(courses.redoubt, cluster.apis[0].pid, options);
    return { rows, memory };
  } finally {
    for (const course of Object.values(courses)) course.close();
    await bareServer.stop();
    await cluster.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

const options = readOptions();
ensureBuild();
const load = await measureForeignLoad('files');
const { rows, memory } = await measure(options);
const grown = memory.peak - memory.before;
const checks = [
  ...rows.map(({ way, ratio }) =>
    checkRow(
      `${way}: at least ${NEEDED_RATIO} of the bare stream`,
      decimals(ratio, 2),
      ratio >= NEEDED_RATIO,
    ),
  ),
  checkRow(
    `${options.parallel} uploads of ${mib(options.size)} at once: at most ${NEEDED_MIB} MB more memory`,
    `${mib(grown)} (${mib(memory.before)} → ${mib(memory.peak)})`,
    grown <= NEEDED_MIB * 1_000_000,
  ),
];
const sections = [
  table(
    ['', 'bare, MiB/s', 'Redoubt, MiB/s', 'ratio', 'lowest–highest round'],
    rows.map(({ cells }) => cells),
  ),
  checkTable(checks),
];
console.log(`\n${load}\n\n${sections.join('\n\n')}`);
if (options.write) {
  const head = [...describeMachine(), `Files of ${mib(options.size)}, ${options.rounds} rounds`, load];
  const report = [
    '# Encrypted files: speed and memory',
    head.map((line) => `- ${line}`).join('\n'),
    ABOUT,
    ...sections,
  ];
  writeFileSync(join(ROOT, 'bench', 'results', 'files.md'), `${report.join('\n\n')}\n`);
}
if (checks.some(({ passed }) => !passed)) process.exitCode = 1;
