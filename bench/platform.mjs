// npm run bench:platform — jobs a second on each queue backend, and what limits and idempotency cost.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Cluster } from './cluster.mjs';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from './machine.mjs';
import { platformHttp } from './platform-http.mjs';
import { platformJobs } from './platform-jobs.mjs';

const USAGE = `node bench/platform.mjs [--backend postgresql|redis] [--rounds n] [--seconds n] [--no-results]
  --backend     one of the two; both when absent
  --rounds      measured rounds per figure (5)
  --seconds     length of one round of HTTP load (4)
  --no-results  leaves bench/results/platform.md as it is`;

const CONNECTIONS = 32;

const ABOUT = `autocannon, ${CONNECTIONS} connections, medians of rounds that take turns; one API process, one worker, database,
Redis and load share the processors. Every request is audited, every write and every document sealed.`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      backend: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      'no-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  return {
    backends: values.backend === undefined ? ['postgresql', 'redis'] : [values.backend],
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    write: !values['no-results'] && values.backend === undefined,
  };
}

async function measure(backend, options) {
  const load = await measureForeignLoad(backend);
  const cluster = await Cluster.start({ apis: 1, workers: 1, redis: backend === 'redis' });
  try {
    const http = await platformHttp({ cluster, connections: CONNECTIONS, ...options });
    const jobs = await platformJobs({ cluster });
    const title = backend === 'redis' ? 'With Redis' : 'On PostgreSQL alone';
    return `## ${title}\n\n${load}\n\n${http}\n\n${jobs}`;
  } finally {
    await cluster.dispose();
  }
}

const options = readOptions();
ensureBuild();
const sections = [];
for (const backend of options.backends) {
  const section = await measure(backend, options);
  console.log(`\n${section}`);
  sections.push(section);
}
if (options.write) {
  const head = describeMachine()
    .map((line) => `- ${line}`)
    .join('\n');
  const report = ['# Platform services: speed', head, ABOUT, ...sections].join('\n\n');
  writeFileSync(join(ROOT, 'bench', 'results', 'platform.md'), `${report}\n`);
}
