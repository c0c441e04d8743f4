// npm run proof:kill — kills parts of a Redoubt under load and checks that every answered request is in the audit log.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from '../bench/machine.mjs';
import { anySeed, createRandom } from '../bench/random.mjs';
import { RedoubtServer } from '../bench/redoubt-server.mjs';
import { table } from '../bench/report.mjs';
import { compare, readAuditRows } from './audit-rows.mjs';
import { killRound } from './kill-round.mjs';
import { VICTIMS } from './victims.mjs';

const USAGE = `node proofs/kill.mjs [--rounds n] [--seed n] [--no-results]
  --rounds      kills (20, at most 1000)
  --seed        of the moments of the kills, and of the first victim; any when absent, and printed
  --no-results  leaves proofs/results/kill.md as it is`;

const MOST_ROUNDS = 1_000;

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '20' },
      seed: { type: 'string' },
      'no-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (values.help || !Number.isInteger(rounds) || rounds < 1 || rounds > MOST_ROUNDS) {
    console.log(USAGE);
    process.exit(values.help ? 0 : 2);
  }
  const seed = values.seed === undefined ? anySeed() : Number(values.seed);
  return { rounds, seed, write: !values['no-results'] };
}

const COLUMNS = ['round', 'killed', 'sent', 'answered', 'found', 'missing', 'wrong', 'unanswered rows'];
const TIMES = ['supervisor ended ms', 'restart ms', 'faults'];

const refusals = ({ refused }) => [...refused].map(([status, count]) => `${count} × ${status}`).join(', ');

function rowOf(round, index) {
  const { victim, load, endedMs, restartMs, found, missing, wrong, rows, faults } = round;
  const answered = load.answered.size;
  const counts = [found, missing, wrong, rows === undefined ? undefined : rows - answered + (missing ?? 0)];
  const times = [endedMs, restartMs].map((ms) => (ms === undefined ? '–' : Math.round(ms)));
  const noted = [...faults, refusals(load) && `refused ${refusals(load)}`].filter(Boolean).join('; ');
  return [index + 1, victim, load.agents.size, answered, ...counts.map((n) => n ?? '–'), ...times, noted];
}

const sum = (rounds, figure) => rounds.reduce((total, round) => total + (round[figure] ?? 0), 0);

async function runRounds(server, { rounds, seed }) {
  const random = createRandom(seed);
  const first = random.below(VICTIMS.length);
  const done = [];
  for (let index = 0; index < rounds; index++) {
    const victim = VICTIMS[(first + index) % VICTIMS.length];
    const round = await killRound({ server, victim, random, name: `kill-proof-${seed}-${index + 1}` });
    done.push(round);
    console.log(rowOf(round, index).join(' | '));
    if (round.restartMs === undefined) break;
  }
  return done;
}

/** After the last kill: the rows of every round, whatever the later kills did. */
async function finalLook(server, rounds) {
  const answered = new Map(rounds.flatMap(({ load }) => [...load.answered]));
  const rows = await readAuditRows(server);
  return { answered: answered.size, total: rows.length, ...compare(answered, rows) };
}

async function prove(options) {
  const server = new RedoubtServer();
  const interrupted = () => void server.dispose().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrupted);
  try {
    await server.start();
    console.log(`\n${[...COLUMNS, ...TIMES].join(' | ')}`);
    const rounds = await runRounds(server, options);
    return { rounds, last: server.isRunning ? await finalLook(server, rounds) : undefined };
  } finally {
    await server.dispose();
  }
}

function verdictOf({ rounds, last }, asked) {
  const faults = rounds.flatMap((round) => round.faults);
  const lost = sum(rounds, 'missing') + sum(rounds, 'wrong');
  const complete = last !== undefined && last.missing === 0 && last.wrong === 0;
  return { held: rounds.length === asked && faults.length === 0 && lost === 0 && complete, faults };
}

function summaryOf({ rounds, last }, { held, faults }) {
  const end = last
    ? `After the last kill all ${last.total} rows were read again: of ${last.answered} answered requests ${last.found} are ` +
      `there, ${last.missing} are missing, ${last.wrong} are wrong.`
    : 'The last start failed.';
  return [
    `${rounds.length} kills, ${sum(rounds, 'found')} answered requests found, ${sum(rounds, 'missing')} missing, ` +
      `${sum(rounds, 'wrong')} wrong, ${faults.length} other faults.`,
    end,
    held ? 'The promise held.' : 'THE PROMISE DID NOT HOLD.',
  ].join('\n');
}

const ABOUT = `Detect and process calls run over several connections while kill -9 hits, in turn, everything at once, the
API process, the database server, and the supervisor; then the same command starts again on the same folder, with
nothing done by hand. Every request that was answered with 200 must be in the audit log exactly once, with its action,
user agent and count of entities. "Unanswered rows" were written for requests whose answer the kill cut off. When the
supervisor survives, it must say what ended, end all else, and exit with code 1.

Limits: a bounded number of kills, on one machine and over loopback. A kill -9 ends processes, not the machine: what the
operating system had taken is still written, so loss of power is not covered.`;

const options = readOptions();
ensureBuild();
console.log(`Seed: ${options.seed}`);
const about = [...describeMachine(), `Seed: ${options.seed}`, await measureForeignLoad('kills')];
const proof = await prove(options);
const verdict = verdictOf(proof, options.rounds);
const summary = summaryOf(proof, verdict);
console.log(`\n${summary}`);
if (options.write) {
  const head = about.map((line) => `- ${line}`).join('\n');
  const rounds = table([...COLUMNS, ...TIMES], proof.rounds.map(rowOf));
  const report = ['# Kill proof', head, ABOUT, rounds, summary].join('\n\n');
  writeFileSync(join(ROOT, 'proofs', 'results', 'kill.md'), `${report}\n`);
}
process.exitCode = verdict.held ? 0 : 1;
