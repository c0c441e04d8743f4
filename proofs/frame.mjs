import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Cluster } from '../bench/cluster.mjs';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from '../bench/machine.mjs';
import { anySeed, createRandom } from '../bench/random.mjs';
import { table } from '../bench/report.mjs';

export const BACKENDS = ['postgresql', 'redis'];
const MOST_TRIALS = 1_000_000;

/** What a proof is shown on: the queue's backends, or what it names itself. */
const backendsOf = ({ backends = BACKENDS }) => backends;

const usageOf = (proof) => {
  const { name, unit, trials } = proof;
  return `node proofs/${name}.mjs [--trials n] [--backend ${backendsOf(proof).join('|')}] [--seed n] [--no-results]
  --trials      ${unit} on each backend (${trials})
  --backend     one of the two; both when absent
  --seed        of everything random; any when absent, and printed
  --no-results  leaves proofs/results/${name}.md as it is`;
};

function readOptions(proof) {
  const { values } = parseArgs({
    options: {
      trials: { type: 'string', default: String(proof.trials) },
      backend: { type: 'string' },
      seed: { type: 'string' },
      'no-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const trials = Number(values.trials);
  const backends = values.backend === undefined ? backendsOf(proof) : [values.backend];
  const wrong =
    !Number.isInteger(trials) ||
    trials < 1 ||
    trials > MOST_TRIALS ||
    !backendsOf(proof).includes(backends[0]);
  if (values.help || wrong) {
    console.log(usageOf(proof));
    process.exit(values.help ? 0 : 2);
  }
  const seed = values.seed === undefined ? anySeed() : Number(values.seed);
  return { trials, backends, seed, write: !values['no-results'] };
}

/** Debian's packages put it there; without it only one of the two backends can be shown. */
export function assertRedis() {
  if (spawnSync('redis-server', ['--version']).status === 0) return;
  console.error(
    'redis-server is missing. Install it (Debian: apt-get install redis-server), or --backend postgresql.',
  );
  process.exit(2);
}

/** Whether a module is the program itself, not another one's import. */
export const isMain = (url) => process.argv[1] === fileURLToPath(url);

/** Works on a cluster that is ended afterwards, also when this program is told to end before. */
export async function withCluster(options, work) {
  const starting = Cluster.start(options);
  const interrupted = () =>
    void starting
      .then((cluster) => cluster.dispose())
      .catch(() => {})
      .finally(() => process.exit(130));
  const signals = ['SIGINT', 'SIGTERM'];
  for (const signal of signals) process.once(signal, interrupted);
  const cluster = await starting;
  try {
    return await work(cluster);
  } finally {
    for (const signal of signals) process.off(signal, interrupted);
    await cluster.dispose();
  }
}

/** A process that ended by itself is a fault of every proof. */
export const lostOf = ({ lost }) => lost.map((name) => `${name} ended by itself`);

/** What else a proof needs beside the cluster, such as an S3 server; its `settings` become the cluster's. */
async function proveOn(backend, proof, { trials, seed }) {
  const place = await proof.place?.(backend);
  const settings = { ...proof.cluster.settings, ...place?.settings };
  try {
    return await withCluster({ ...proof.cluster, settings, redis: backend === 'redis' }, async (cluster) => {
      const started = performance.now();
      const outcome = await proof.run({ cluster, trials, random: createRandom(seed), backend, place });
      outcome.faults.push(...lostOf(cluster));
      return { backend, seconds: Math.round((performance.now() - started) / 1000), ...outcome };
    });
  } finally {
    await place?.stop();
  }
}

const rowsOf = (outcomes) =>
  outcomes.flatMap(({ backend, seconds, rows }) => rows.map((row) => [backend, ...row, seconds]));

const sentenceOf = (faults) =>
  faults.length === 0 ? 'The promise held.' : `THE PROMISE DID NOT HOLD:\n${faults.slice(0, 20).join('\n')}`;

/**
 * Runs a proof as a command: on each backend with a cluster of its own, prints a table, writes it to
 * `proofs/results/<name>.md`, and exits with 1 when there was a fault.
 * @param proof `{name, title, unit, trials, brief, about, backends?, place?, cluster: {apis, workers, settings?}, columns,
 *   run}`; `run({cluster, trials, random, backend, place, isBrief})` answers `{rows, faults}`; `brief` is the count that a
 *   test affords, on `briefBackends` where Redis would change nothing; a test says so with `isBrief`
 */
export async function runProof(proof) {
  const options = readOptions(proof);
  if (options.backends.includes('redis')) assertRedis();
  ensureBuild();
  console.log(`Seed: ${options.seed}`);
  const about = [...describeMachine(), `Seed: ${options.seed}`, await measureForeignLoad(proof.name)];
  const outcomes = [];
  for (const backend of options.backends) outcomes.push(await proveOn(backend, proof, options));
  const faults = outcomes.flatMap((outcome) => outcome.faults.map((fault) => `${outcome.backend}: ${fault}`));
  const shown = table(['backend', ...proof.columns, 'seconds'], rowsOf(outcomes));
  console.log(`\n${shown}\n\n${sentenceOf(faults)}`);
  if (options.write) {
    const head = about.map((line) => `- ${line}`).join('\n');
    const report = [`# ${proof.title}`, head, proof.about, shown, sentenceOf(faults)].join('\n\n');
    writeFileSync(join(ROOT, 'proofs', 'results', `${proof.name}.md`), `${report}\n`);
  }
  process.exitCode = faults.length === 0 ? 0 : 1;
}
