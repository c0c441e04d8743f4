// npm run bench:detect — speed of the detection engine and of the API around it, beside baselines of the same run.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engineSpeed } from './engine-speed.mjs';
import { assertDetects, httpCompleteness } from './http-completeness.mjs';
import { httpSpeed } from './http-speed.mjs';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from './machine.mjs';
import { anySeed } from './random.mjs';
import { RedoubtServer } from './redoubt-server.mjs';
import { checkTable } from './report.mjs';

const USAGE = `node bench/detect.mjs [--seed n] [--only engine|http] [--rounds n] [--seconds n] [--no-results]
  --seed        of the generated texts; any when absent, and printed
  --rounds      measured rounds per figure (7)
  --seconds     length of one round of HTTP load (5)
  --no-results  leaves bench/results/detect.md as it is`;

const CONNECTIONS = 32;
const AMOUNT = 10_000;

function readOptions() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      only: { type: 'string' },
      rounds: { type: 'string', default: '7' },
      seconds: { type: 'string', default: '5' },
      'no-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  return {
    seed: values.seed === undefined ? anySeed() : Number(values.seed),
    parts: values.only === undefined ? ['engine', 'http'] : [values.only],
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    write: !values['no-results'] && values.only === undefined,
  };
}

async function engineSection(options) {
  const load = await measureForeignLoad('engine');
  const { text, checks } = await engineSpeed(options);
  const about =
    'MB = 10^6 bytes, one core. Scan: detection over the characters. Full: reading the format, detecting, replacing ' +
    '(`auto`). Cold: the first pass of a new process; warm: the median of later ones. Baseline: a loop that looks once ' +
    'at every character of the same text.';
  return { text: `## Engine\n\n${about}\n\n${load}\n\n${text}`, checks };
}

async function httpSections(options) {
  const server = new RedoubtServer();
  const interrupted = () => void server.dispose().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrupted);
  try {
    await server.start();
    await assertDetects(server);
    const load = await measureForeignLoad('HTTP');
    const speed = await httpSpeed({ server, connections: CONNECTIONS, ...options });
    const complete = await httpCompleteness({ server, connections: CONNECTIONS, amount: AMOUNT });
    const about =
      `autocannon, ${CONNECTIONS} connections, medians of ${options.rounds} rounds of ${options.seconds} s that take turns; ` +
      'servers, database and load share the processors. Redoubt as `npm start` runs it, every request audited.';
    const text = `## HTTP\n\n${about}\n\n${load}\n\n${speed.text}\n\n## Completeness\n\n${complete.text}`;
    return { text, checks: [...speed.checks, ...complete.checks] };
  } finally {
    await server.dispose();
  }
}

const SECTIONS = { engine: engineSection, http: httpSections };

const options = readOptions();
ensureBuild();
console.log(`Seed: ${options.seed}`);
const head = [
  '# Detection: speed',
  '',
  ...[...describeMachine(), `Seed: ${options.seed}`].map((l) => `- ${l}`),
];
const sections = [];
for (const part of options.parts) {
  const section = await SECTIONS[part](options);
  console.log(`\n${section.text}`);
  sections.push(section);
}
const checks = sections.flatMap((section) => section.checks);
const verdict = `## Checks\n\n${checkTable(checks)}`;
console.log(`\n${verdict}`);
if (options.write) {
  const report = [head.join('\n'), ...sections.map(({ text }) => text), verdict, ''].join('\n\n');
  writeFileSync(join(ROOT, 'bench', 'results', 'detect.md'), report.replace(/\n+$/, '\n'));
}
process.exitCode = checks.every(({ passed, goal }) => passed || goal) ? 0 : 1;
