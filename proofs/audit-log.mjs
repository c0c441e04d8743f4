// npm run proof:audit — whatever is done to an exported audit log, whoever kept one checkpoint finds it, without a server.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine, ensureBuild, ROOT } from '../bench/machine.mjs';
import { anySeed, createRandom } from '../bench/random.mjs';
import { table } from '../bench/report.mjs';
import { MUTATIONS } from './audit-mutations.mjs';
import { sampleLog } from './audit-sample.mjs';

const USAGE = `node proofs/audit-log.mjs [--trials n] [--seed n] [--no-results]
  --trials      mutations of an export (10000)
  --seed        of everything random; any when absent, and printed
  --no-results  leaves proofs/results/audit-log.md as it is`;

const SIZE = 64;
const OLD_SIZE = 41;

const ABOUT = `An exported log of ${SIZE} entries, as the server writes it, and the checkpoint that was kept when it had ${OLD_SIZE}. Each trial does one
thing to the export: a byte of any field changed, left out or put in; entries left out, put in, swapped or exchanged, with and without
their numbers and hashes put right; its end cut off; the whole log made anew with something else before the checkpoint, signed by
another key and by the same one. The verifier of \`redoubt audit verify\` is given the export, the checkpoint and the log's key, and
must find something wrong each time; with the same key a forgery that agrees with itself is found by the checkpoint alone. Between
trials the export as it was must be verified.`;

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    'no-results': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const trials = Number(values.trials);
const seed = values.seed === undefined ? anySeed() : Number(values.seed);
if (values.help || !Number.isInteger(trials) || trials < 1 || !Number.isInteger(seed)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

async function engine() {
  const names = [
    'canonical-json',
    'checkpoint',
    'compact-range',
    'export-fault',
    'export-lines',
    'export-verifier',
  ];
  const all = [...names, 'log-entry', 'merkle-hash', 'signed-note'];
  const loaded = await Promise.all(all.map((name) => import(`../dist/audit/log/${name}.js`)));
  return Object.assign({}, ...loaded);
}

/** What the verifier says of bytes: `verified`, or the kind of what is wrong. */
async function said({ verifyExport, ExportFault, UnusableInput }, log, bytes) {
  async function* pieces() {
    yield Buffer.from(bytes);
  }
  try {
    await verifyExport(pieces(), { checkpoint: log.old, key: log.verifierKey });
    return 'verified';
  } catch (error) {
    if (error instanceof ExportFault) return error.kind;
    if (error instanceof UnusableInput) return 'unusable';
    throw error;
  }
}

/** Goes through all kinds in turn. */
async function prove(modules, log, random) {
  const found = new Map(MUTATIONS.map(([name]) => [name, new Map()]));
  const faults = [];
  for (let trial = 0; trial < trials; trial++) {
    const [name, mutate] = MUTATIONS[trial % MUTATIONS.length];
    const bytes = Buffer.from(await mutate({ log, random }));
    // A byte that was put in the place of the same byte is no change.
    if (bytes.equals(Buffer.from(log.text))) {
      trial--;
      continue;
    }
    const verdict = await said(modules, log, bytes);
    const kinds = found.get(name);
    kinds.set(verdict, (kinds.get(verdict) ?? 0) + 1);
    if (verdict === 'verified') faults.push(`trial ${trial}: ${name} was not found`);
    if (trial % 100 === 0 && (await said(modules, log, log.text)) !== 'verified')
      faults.push(`trial ${trial}: the export as it was is not verified`);
  }
  return { found, faults };
}

const rowsOf = (found) =>
  [...found].map(([name, kinds]) => {
    const count = [...kinds.values()].reduce((sum, n) => sum + n, 0);
    const told = [...kinds].sort(([, a], [, b]) => b - a).map(([kind, n]) => `${kind} ${n}`);
    return [name, count, count - (kinds.get('verified') ?? 0), told.join(', ')];
  });

ensureBuild();
console.log(`Seed: ${seed}`);
const random = createRandom(seed);
const modules = await engine();
const log = await sampleLog({ modules, size: SIZE, oldSize: OLD_SIZE, random });
const started = performance.now();
const { found, faults } = await prove(modules, log, random);
const seconds = Math.round((performance.now() - started) / 1000);
const shown = table(['done to the export', 'trials', 'found', 'called'], rowsOf(found));
const sentence =
  faults.length === 0
    ? `The promise held. ${seconds} seconds.`
    : `THE PROMISE DID NOT HOLD:\n${faults.slice(0, 20).join('\n')}`;
console.log(`\n${shown}\n\n${sentence}`);
if (!values['no-results']) {
  const head = [...describeMachine(), `Seed: ${seed}`].map((line) => `- ${line}`).join('\n');
  const report = ['# Proof of the audit log', head, ABOUT, shown, sentence].join('\n\n');
  writeFileSync(join(ROOT, 'proofs', 'results', 'audit-log.md'), `${report}\n`);
}
process.exitCode = faults.length === 0 ? 0 : 1;
