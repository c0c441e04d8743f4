// npm run proof:shield — random answers with tokens in them, cut anywhere, and random requests: every value in its place, and none that leaves.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine, ROOT } from '../bench/machine.mjs';
import { anySeed } from '../bench/random.mjs';
import { table } from '../bench/report.mjs';

const USAGE = `node proofs/shield-fuzz.mjs [--trials n] [--seed n] [--no-results]
  --trials      random answers (1000000); a twentieth of it random requests
  --seed        of everything random; any when absent, and printed
  --no-results  leaves proofs/results/shield-fuzz.md as it is`;

const ABOUT = `Random answers as a model could write them: tokens of the request in either case, with and without joiners, beside tokens of
other requests, tokens cut short, lengthened, split or rewritten, ordinary text that begins like a token; plain, as JSON with strings in
strings up to four deep, as arguments of tools, and all of it at once in several choices and tools. Values hold quotes, backslashes,
line ends, halves of surrogate pairs. Each answer comes as a stream cut anywhere, down to single characters, its texts interleaved,
and whole; every text must be exactly what it has to be, so a value in a wrong place, a missing one and a guessed one all count.
Random requests of every shape (messages, parts, calls and results of tools spelled as JSON in many ways, schemas, fields nobody knows)
hold values that the engine finds: none may stand in what leaves, in a text or in JSON within a text, and what leaves, sent back as an
answer, must be the request again.`;

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '1000000' },
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

/** It is a test of the sources, which runs with few answers in every test run. */
function fuzz(results) {
  const args = [
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'unit',
    '--',
    'src/completions/shield/answer-fuzz',
  ];
  const settings = { SHIELD_PROOF_ANSWERS: trials, SHIELD_PROOF_SEED: seed, SHIELD_PROOF_RESULTS: results };
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...settings },
    encoding: 'utf8',
  });
  if (status !== 0) console.error(stderr);
  return status === 0;
}

console.log(`Seed: ${seed}`);
const folder = mkdtempSync(join(tmpdir(), 'redoubt-shield-'));
const results = join(folder, 'results');
writeFileSync(results, '');
const started = performance.now();
const held = fuzz(results);
const seconds = Math.round((performance.now() - started) / 1000);
const lines = readFileSync(results, 'utf8').split('\n').filter(Boolean);
rmSync(folder, { recursive: true });

const rows = lines.map((line) => {
  const { kind, answers, restored, unresolved, violations } = JSON.parse(line);
  return [kind, answers, restored, unresolved, violations.length];
});
const shown = table(['what', 'trials', 'values restored', 'tokens reported', 'violations'], rows);
const holds = held && rows.length > 0;
const sentence = `${holds ? 'The promise held.' : 'THE PROMISE DID NOT HOLD.'} ${seconds} seconds.`;
console.log(`\n${shown}\n\n${sentence}`);
if (!values['no-results']) {
  const head = [...describeMachine(), `Seed: ${seed}`].map((line) => `- ${line}`).join('\n');
  const report = ['# Proof of the shield', head, ABOUT, shown, sentence].join('\n\n');
  writeFileSync(join(ROOT, 'proofs', 'results', 'shield-fuzz.md'), `${report}\n`);
}
process.exitCode = holds ? 0 : 1;
