import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const BUSY_SHARE = 0.1;
const SAMPLE_MS = 1_000;

function git(...args) {
  const { status, stdout } = spawnSync('git', ['--no-optional-locks', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

function commit() {
  const hash = git('rev-parse', '--short', 'HEAD');
  if (hash === undefined) return 'unknown';
  return git('status', '--porcelain', '--', 'src', 'package-lock.json')
    ? `${hash} with changes in src`
    : hash;
}

/** Day, commit, Node and processors of this run, for the head of a report. */
export function describeMachine() {
  const [cpu] = cpus();
  return [
    `Date: ${new Date().toISOString().slice(0, 16)}Z`,
    `Commit: ${commit()}`,
    `Node: ${process.version} on ${process.platform}-${process.arch}`,
    `CPUs: ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}`,
  ];
}

function processorTimes() {
  const times = cpus().map(({ times: t }) => ({
    idle: t.idle,
    all: t.user + t.nice + t.sys + t.idle + t.irq,
  }));
  return times.reduce((sum, t) => ({ idle: sum.idle + t.idle, all: sum.all + t.all }), { idle: 0, all: 0 });
}

/**
 * How busy others keep the processors right now, this program itself being idle; warns on standard error when they do.
 * @returns {Promise<string>} a line for the report
 */
export async function measureForeignLoad(part) {
  const before = processorTimes();
  await sleep(SAMPLE_MS);
  const after = processorTimes();
  const share = 1 - (after.idle - before.idle) / Math.max(1, after.all - before.all);
  const [minute] = loadavg();
  const figures = `${Math.round(share * 100)} % of all processors, load average ${minute.toFixed(2)}`;
  if (share <= BUSY_SHARE) return `Before "${part}": ${figures}.`;
  console.error(`WARNING: other programs keep this machine busy (${figures}); the figures will be too low.`);
  return `Before "${part}": ${figures} — **busy, so the figures are too low**.`;
}

/** Compiles the product when a source is newer than the last build. Ends the process when that fails. */
export function ensureBuild() {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--if-stale'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
