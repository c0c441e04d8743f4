// npm run proof:dotenv — exported .env and shell files as npm dotenv, python-dotenv and shells read them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine, ROOT } from '../bench/machine.mjs';
import { anySeed } from '../bench/random.mjs';
import { table } from '../bench/report.mjs';

const USAGE = `node proofs/dotenv-readers.mjs [--trials n] [--seed n] [--no-results]
  --trials      random values (10000)
  --seed        of the values; any when absent, and printed
  --no-results  leaves proofs/results/dotenv-readers.md as it is`;

const ABOUT = `Random values: of characters and words that mean something to one reader or another, ordinary text, any Unicode
characters, URLs, JSON. Each is written by the exporter, 500 variables a file, and the file is given to the readers: npm dotenv
(both of its parsers), Debian's python-dotenv with its interpolation, \`set -a; . file\` of bash, and for the shell format \`. file\`
of sh and bash; and to our own importer. Every value must come back identically, or be refused by its name. A sample of the
refused values is written in some twenty other ways: none may reach all readers. Random shell lines that the importer takes must
mean the same to bash.`;

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    'no-results': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const trials = Number(values.trials);
const seed = values.seed === undefined ? anySeed() >>> 1 : Number(values.seed);
if (values.help || !Number.isInteger(trials) || trials < 1 || !Number.isInteger(seed)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

/** The comparison is a test of the sources, which runs with few values in every test run. */
function compare(results) {
  const args = [
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'unit',
    '--',
    'src/secrets/formats/real-readers',
  ];
  const settings = { DOTENV_PROOF_VALUES: trials, DOTENV_PROOF_SEED: seed, DOTENV_PROOF_RESULTS: results };
  // Nothing may be left out.
  const env = { ...process.env, CI: 'true', ...settings };
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
  if (status !== 0) console.error(stderr);
  return status === 0;
}

console.log(`Seed: ${seed}`);
const folder = mkdtempSync(join(tmpdir(), 'redoubt-dotenv-'));
const results = join(folder, 'results');
writeFileSync(results, '');
const held = compare(results);
const lines = readFileSync(results, 'utf8').split('\n').filter(Boolean);
rmSync(folder, { recursive: true });

const rows = lines.map((line) => {
  const { reader, values: count, identical, refused, violations } = JSON.parse(line);
  return [reader, count, identical, refused, violations.length];
});
const shown = table(['format: reader', 'values', 'read identically', 'refused by name', 'violations'], rows);
const sentence = held && rows.length > 0 ? 'The promise held.' : 'THE PROMISE DID NOT HOLD.';
console.log(`\n${shown}\n\n${sentence}`);
if (!values['no-results']) {
  const head = [...describeMachine(), `Seed: ${seed}`].map((line) => `- ${line}`).join('\n');
  const report = ['# Proof of files of variables', head, ABOUT, shown, sentence].join('\n\n');
  writeFileSync(join(ROOT, 'proofs', 'results', 'dotenv-readers.md'), `${report}\n`);
}
process.exitCode = held && rows.length > 0 ? 0 : 1;
