import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChildSpec, Supervisor } from './supervisor.js';

const here = join(process.cwd(), 'src/platform/supervisor');
const folder = mkdtempSync(join(tmpdir(), 'redoubt-supervisor-'));
const started: number[] = [];
jest.setTimeout(30_000);

const preamble = `
require(${JSON.stringify(join(here, 'testing/typescript-hook.cjs'))});
const { appendFileSync } = require('node:fs');
const { spawn } = require('node:child_process');
const { linkToParent, reportReady } = require(${JSON.stringify(join(here, 'child-link.ts'))});
const { onSignals } = require(${JSON.stringify(join(here, 'signals.ts'))});
const { Supervisor } = require(${JSON.stringify(join(here, 'supervisor.ts'))});
const note = (text) => appendFileSync(process.env.NOTES, text + '\\n');
`;

function script(name: string, body: string): string {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(path, preamble + body);
  return path;
}

/** Serves until told to end, writing down its pid and why it ended. */
const orderly = script(
  'orderly',
  `
  const work = setInterval(() => {}, 1000);
  const stop = (why) => { note(process.env.NAME + ' ' + why); clearInterval(work); };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  linkToParent(() => stop('order'), 500);
  note('pid ' + process.pid);
  reportReady();`,
);

/** Takes a moment to end, so that there is something to interrupt. */
const unhurried = script(
  'unhurried',
  `
  const work = setInterval(() => {}, 1000);
  process.on('SIGTERM', () => setTimeout(() => { note(process.env.NAME + ' ended'); clearInterval(work); }, 250));
  linkToParent(() => process.exit(0));
  note('pid ' + process.pid);
  reportReady();`,
);

/** Will not end on any request, and has a child of its own. */
const stubborn = script(
  'stubborn',
  `
  setInterval(() => {}, 1000);
  process.on('SIGTERM', () => note('stubborn SIGTERM'));
  linkToParent(() => note('stubborn order'), 300);
  const helper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  note('pid ' + process.pid);
  note('pid ' + helper.pid);
  reportReady();`,
);

/** A supervisor process with two children; says "up" when they serve. */
const supervising = script(
  'supervising',
  `
  const supervisor = new Supervisor({ graceMs: 4000, say: (line) => console.log(line) });
  onSignals(async (signal) => {
    note('supervisor ' + signal);
    console.log('stopping');
    await supervisor.stop();
    note('supervisor done');
    process.exit(0);
  });
  (async () => {
    for (const name of ['first', 'second']) {
      await supervisor.start({ name, script: process.env.CHILD, env: { ...process.env, NAME: name } });
    }
    note('up');
  })();`,
);

let notes = '';
let counter = 0;

beforeEach(() => {
  notes = join(folder, `notes-${++counter}`);
});

function spec(name: string, path: string): ChildSpec {
  return { name, script: path, env: { NOTES: notes, NAME: name } };
}

function noted(): string[] {
  return existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [];
}

function notedPids(): number[] {
  return noted()
    .filter((line) => line.startsWith('pid '))
    .map((line) => Number(line.slice(4)));
}

function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (const since = Date.now(); !condition(); await sleep(20)) {
    if (Date.now() - since > 10_000)
      throw new Error(`still waiting for: ${what}; noted: ${noted().join(' | ')}`);
  }
}

/** Runs the supervisor process as the leader of its own process group, as a shell runs a foreground job. */
async function runSupervising(child: string): Promise<ChildProcess & { pid: number }> {
  const env = { ...process.env, NOTES: notes, CHILD: child };
  const running = spawn(process.execPath, [supervising], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { pid } = running;
  if (pid === undefined) throw new Error('node could not be started');
  started.push(pid);
  await until(() => noted().includes('up'), 'both children up');
  started.push(...notedPids());
  return Object.assign(running, { pid });
}

function exitCode(running: ChildProcess): Promise<number | null> {
  if (running.exitCode !== null) return Promise.resolve(running.exitCode);
  return new Promise((resolve) => void running.once('exit', (code) => resolve(code)));
}

function expectAllGone(): void {
  expect(notedPids().length).toBeGreaterThan(0);
  expect(notedPids().filter(isRunning)).toEqual([]);
}

afterAll(() => {
  const left = started.filter(isRunning);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true });
  expect(left).toEqual([]);
});

describe('Supervisor', () => {
  const lines: string[] = [];
  const supervisor = (graceMs = 4_000) => new Supervisor({ graceMs, say: (line) => void lines.push(line) });

  it('starts a child, waits until it is ready, and stop lets it end in order', async () => {
    const one = supervisor();
    await one.start(spec('api', orderly));
    expect(notedPids().filter(isRunning)).toHaveLength(1);
    await one.stop();
    expectAllGone();
    expect(noted()).toContain('api SIGTERM');
  });

  it('gives a child its own environment and nothing of ours', async () => {
    process.env.REDOUBT_TEST_SECRET = 'must not be inherited';
    const one = supervisor();
    await one.start(
      spec(
        'env',
        script(
          'env',
          'note(Object.keys(process.env).sort().join()); setInterval(() => {}, 1000); reportReady();',
        ),
      ),
    );
    delete process.env.REDOUBT_TEST_SECRET;
    await one.stop();
    expect(noted()[0]).not.toContain('REDOUBT_TEST_SECRET');
    expect(noted()[0]).toContain('NOTES');
  });

  it('rejects a start with the reason when the child ends before it is ready', async () => {
    const one = supervisor();
    await expect(one.start(spec('quitter', script('quitter', 'process.exit(3)')))).rejects.toThrow(
      'quitter ended with code 3 before it was ready',
    );
    const suicide = script('suicide', "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);");
    await expect(one.start(spec('killed', suicide))).rejects.toThrow(
      'killed was killed by SIGKILL before it was ready',
    );
    await one.stop();
    await expect(one.start(spec('late', orderly))).rejects.toThrow('the supervisor is stopping');
  });

  it.each([
    ['SIGKILL', null, 'SIGKILL'],
    ['SIGTERM', 0, null],
  ] as const)('reports a child that ends unasked, by %s', async (sent, code, signal) => {
    const one = supervisor();
    await one.start(spec('steady', orderly));
    await one.start(spec('fragile', orderly));
    process.kill(notedPids()[1] ?? 0, sent);
    await expect(one.failed).resolves.toEqual({ name: 'fragile', code, signal });
    await one.stop();
    expectAllGone();
  });

  it('kills a child that will not end within the grace, and what that child started', async () => {
    const one = supervisor(300);
    await one.start(spec('stubborn', stubborn));
    expect(notedPids().filter(isRunning)).toHaveLength(2);
    const since = Date.now();
    await one.stop();
    expect(Date.now() - since).toBeGreaterThanOrEqual(290);
    expect(noted()).toContain('stubborn SIGTERM');
    await until(() => !notedPids().some(isRunning), 'the whole group gone');
    expect(lines).toContain('stubborn did not end within 300 ms and is killed.');
  });

  it('can be stopped while a child is still starting', async () => {
    const one = supervisor(1_000);
    const start = one.start(
      spec('slow', script('slow', "note('pid ' + process.pid); setInterval(() => {}, 1000);")),
    );
    const outcome = expect(start).rejects.toThrow('slow was killed by SIGTERM before it was ready');
    await until(() => notedPids().length === 1, 'the child running');
    await one.stop();
    await outcome;
    expectAllGone();
  });
});

describe('signals', () => {
  it('Ctrl-C to the process group reaches the supervisor alone, which stops its children in order', async () => {
    const running = await runSupervising(orderly);
    process.kill(-running.pid, 'SIGINT');
    expect(await exitCode(running)).toBe(0);
    expect(noted()).toEqual(expect.arrayContaining(['supervisor SIGINT', 'first SIGTERM', 'second SIGTERM']));
    expect(noted().filter((line) => /(first|second) SIGINT/.test(line))).toEqual([]);
    expectAllGone();
  });

  it('so does Ctrl-C typed at a real terminal', async () => {
    if (process.platform !== 'linux' || !existsSync('/usr/bin/script')) {
      console.warn('not run: needs script(1) of util-linux for a pseudo-terminal');
      return;
    }
    const env = { ...process.env, NOTES: notes, CHILD: orderly };
    // `exec`: a shell left in between is interrupted too, and some then answer 130 for a child that ended with 0.
    const command = `exec ${process.execPath} ${supervising}`;
    const terminal = spawn('/usr/bin/script', ['-qec', command, '/dev/null'], {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await until(() => noted().includes('up'), 'both children up');
    started.push(...notedPids());
    terminal.stdin.write('\x03');
    expect(await exitCode(terminal)).toBe(0);
    expect(noted()).toEqual(expect.arrayContaining(['first SIGTERM', 'second SIGTERM', 'supervisor done']));
    expect(noted().filter((line) => /(first|second) SIGINT/.test(line))).toEqual([]);
    expectAllGone();
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    '%s stops in order, even when nobody reads our output any more',
    async (signal) => {
      const running = await runSupervising(orderly);
      running.stdout?.destroy();
      process.kill(running.pid, signal);
      expect(await exitCode(running)).toBe(0);
      expect(noted()).toContain('supervisor done');
      expectAllGone();
    },
  );

  it('one Ctrl-C that arrives twice, as under npm, still stops in order', async () => {
    const running = await runSupervising(unhurried);
    process.kill(running.pid, 'SIGINT');
    await sleep(20);
    process.kill(running.pid, 'SIGINT');
    expect(await exitCode(running)).toBe(0);
    expect(noted().filter((line) => line === 'supervisor SIGINT')).toHaveLength(1);
    expect(noted()).toEqual(expect.arrayContaining(['first ended', 'second ended']));
    expectAllGone();
  });

  it('a second Ctrl-C exits with 130 at once and kills the children', async () => {
    const running = await runSupervising(stubborn);
    process.kill(running.pid, 'SIGINT');
    await sleep(600);
    const since = Date.now();
    process.kill(running.pid, 'SIGINT');
    expect(await exitCode(running)).toBe(130);
    expect(Date.now() - since).toBeLessThan(1_500);
    await until(() => !notedPids().some(isRunning), 'all killed');
  });
});

describe('linkToParent', () => {
  it('ends children in order when the supervisor is killed', async () => {
    const running = await runSupervising(orderly);
    process.kill(running.pid, 'SIGKILL');
    await until(() => !notedPids().some(isRunning), 'children gone');
    expect(noted()).toEqual(expect.arrayContaining(['first order', 'second order']));
  });

  it('ends a child that hangs in its stop routine after the grace, and what it started', async () => {
    const running = await runSupervising(stubborn);
    process.kill(running.pid, 'SIGKILL');
    await until(() => !notedPids().some(isRunning), 'children and their helpers gone');
    expect(noted().filter((line) => line === 'stubborn order')).toHaveLength(2);
  });

  it('does nothing in a process that runs alone', async () => {
    const alone = spawn(
      process.execPath,
      [script('alone', "linkToParent(() => note('order')); reportReady(); note('ran');")],
      {
        env: { NOTES: notes },
      },
    );
    expect(await exitCode(alone)).toBe(0);
    expect(noted()).toEqual(['ran']);
  });
});
