import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeProcess, serverProcesses } from './processes.js';
import { asRoot, connected, isRunning, query, ServerFixture, until } from './testing/server-fixture.js';

jest.setTimeout(120_000);

const fixture = new ServerFixture();

afterEach(() => fixture.endAll());
afterAll(() => fixture.dispose());

function postmasterPid(cluster: string): number {
  return Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function putPid(cluster: string, pid: number): void {
  const file = join(cluster, 'postmaster.pid');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(pid)));
}

async function startAndStop(dataDir: string): Promise<void> {
  const server = await fixture.start(dataDir);
  expect(server.adopted).toBe(false);
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await server.stop();
  expect(serverProcesses(server.dataDir)).toEqual([]);
}

describe('a killed server', () => {
  it('is noticed, and the next start has every acknowledged row', async () => {
    const dataDir = fixture.usedDataDir();
    const server = await fixture.start(dataDir);
    let acknowledged = 0;
    const writing = connected(server.url, async (client) => {
      await client.query('CREATE TABLE rows (n int PRIMARY KEY)');
      for (;;) {
        await client.query('INSERT INTO rows VALUES ($1)', [acknowledged]);
        acknowledged++;
      }
    });
    await until(() => acknowledged > 300, 'some rows');
    process.kill(postmasterPid(server.dataDir), 'SIGKILL');
    await expect(writing).rejects.toThrow();
    await server.exited;

    const next = await fixture.start(dataDir);
    expect(next.adopted).toBe(false);
    const [found] = await query<{ n: number }>(next.url, 'SELECT count(*)::int AS n FROM rows');
    // One more than acknowledged may have been committed when the answer was cut off.
    expect([acknowledged, acknowledged + 1]).toContain(found?.n);
    await next.stop();
    await server.stop();
  });

  it('whose processes linger is not started again beside them', async () => {
    const dataDir = fixture.usedDataDir();
    const server = await fixture.start(dataDir);
    const rest = serverProcesses(server.dataDir).filter((pid) => pid !== postmasterPid(server.dataDir));
    // A stopped process cannot notice that its postmaster died.
    for (const pid of rest) process.kill(pid, 'SIGSTOP');
    process.kill(postmasterPid(server.dataDir), 'SIGKILL');
    await server.exited;
    let started = false;
    const next = fixture.start(dataDir).then((it) => {
      started = true;
      return it;
    });
    await sleep(1_000);
    expect(started).toBe(false);
    expect(serverProcesses(server.dataDir).sort()).toEqual(rest.sort());
    for (const pid of rest) process.kill(pid, 'SIGCONT');
    await (await next).stop();
  });
});

describe('a killed owner', () => {
  it('leaves a server that the next start adopts, watches and stops', async () => {
    const dataDir = fixture.usedDataDir();
    const owner = await fixture.launch(dataDir);
    await query(owner.url, 'CREATE TABLE kept AS SELECT 7 AS n');
    const pid = postmasterPid(owner.dataDir);
    process.kill(owner.pid, 'SIGKILL');
    await until(() => owner.process.signalCode !== null, 'the owner to be gone');
    expect(isRunning(pid)).toBe(true);

    const adopted = await fixture.start(dataDir);
    expect(adopted).toMatchObject({ adopted: true, url: owner.url, dataDir: owner.dataDir });
    expect(await query(adopted.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    await adopted.stop();
    await adopted.exited;
    expect(serverProcesses(adopted.dataDir)).toEqual([]);
  });

  it('and an adopted server that is killed is noticed too', async () => {
    const dataDir = fixture.usedDataDir();
    const owner = await fixture.launch(dataDir);
    process.kill(owner.pid, 'SIGKILL');
    const adopted = await fixture.start(dataDir);
    process.kill(postmasterPid(adopted.dataDir), 'SIGKILL');
    await adopted.exited;
    await startAndStop(dataDir);
  });

  it('in the middle of the first start leaves no half cluster, wherever it was', async () => {
    const dataDir = fixture.dataDir();
    let unfinished = 0;
    for (let delayMs = 100; delayMs <= 700; delayMs += 50) {
      const owner = fixture.launcher(dataDir);
      await sleep(delayMs);
      // Every other time initdb, which is in the launcher's process group, outlives the launcher.
      process.kill(delayMs % 100 === 0 ? -owner.pid : owner.pid, 'SIGKILL');
      await until(() => owner.signalCode !== null, 'the launcher to be gone');
      const cluster = join(dataDir, 'postgres');
      if (existsSync(cluster)) {
        expect(readdirSync(cluster)).toEqual(expect.arrayContaining(['PG_VERSION', 'global', 'pg_wal']));
        break;
      }
      unfinished++;
    }
    expect(unfinished).toBeGreaterThan(2);
    const server = await fixture.start(dataDir);
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(readdirSync(dataDir).sort()).toEqual(['pg.secret', 'postgres', 'postgres.log']);
  });
});

describe('a stale postmaster.pid', () => {
  async function crashed(): Promise<{ dataDir: string; cluster: string }> {
    const dataDir = fixture.usedDataDir();
    const server = await fixture.start(dataDir);
    process.kill(postmasterPid(server.dataDir), 'SIGKILL');
    await server.exited;
    await until(() => serverProcesses(server.dataDir).length === 0, 'all processes gone');
    return { dataDir, cluster: server.dataDir };
  }

  it('whose pid now is a stranger of the same account does not stop the start, nor harm the stranger', async () => {
    const { dataDir, cluster } = await crashed();
    const { uid, gid } = statSync(cluster);
    const stranger = fixture.spawn('sleep', ['1000'], asRoot ? { name: 'the same', uid, gid } : undefined);
    await until(() => describeProcess(stranger.pid)?.name === 'sleep', 'the stranger to run');
    putPid(cluster, stranger.pid);
    await startAndStop(dataDir);
    expect(isRunning(stranger.pid)).toBe(true);
  });

  it('whose pid now is the server of another data folder neither stops nor adopts that one', async () => {
    const { dataDir, cluster } = await crashed();
    const other = await fixture.start(fixture.usedDataDir());
    putPid(cluster, postmasterPid(other.dataDir));
    await startAndStop(dataDir);
    expect(await query(other.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await other.stop();
  });

  it('whose process is a zombie that nobody collects does not stop the start', async () => {
    const dataDir = fixture.usedDataDir();
    const owner = await fixture.launch(dataDir);
    const pid = postmasterPid(owner.dataDir);
    process.kill(owner.pid, 'SIGSTOP');
    process.kill(pid, 'SIGKILL');
    await until(() => describeProcess(pid)?.zombie === true, 'a zombie');
    await startAndStop(dataDir);
    expect(describeProcess(pid)?.zombie).toBe(true);
  });

  it.each(['', '0\n', 'garbage\n', '4711'])('with the text %j does not stop the start', async (text) => {
    const dataDir = fixture.usedDataDir();
    const server = await fixture.start(dataDir);
    await server.stop();
    writeFileSync(join(server.dataDir, 'postmaster.pid'), text);
    await startAndStop(dataDir);
  });
});

describe('several starts at once on one folder', () => {
  async function race(dataDir: string): Promise<void> {
    const launched = await Promise.all([1, 2, 3, 4].map(() => fixture.launch(dataDir)));
    expect(launched.map((one) => one.error)).toEqual([undefined, undefined, undefined, undefined]);
    expect(new Set(launched.map((one) => one.url)).size).toBe(1);
    expect(launched.filter((one) => !one.adopted)).toHaveLength(1);
    const [first] = launched;
    if (first === undefined) throw new Error('nobody started');
    await fixture.end(first);
    expect(serverProcesses(first.dataDir)).toEqual([]);
  }

  it('make one cluster and one server, the others adopt it', async () => {
    const dataDir = fixture.dataDir();
    await race(dataDir);
    await race(dataDir);
  });

  it('after a crash with a reused pid too', async () => {
    const dataDir = fixture.usedDataDir();
    const server = await fixture.start(dataDir);
    process.kill(postmasterPid(server.dataDir), 'SIGKILL');
    await server.exited;
    putPid(server.dataDir, process.pid);
    await race(dataDir);
  });

  it('a start during a shutdown waits for it and then starts anew', async () => {
    const dataDir = fixture.usedDataDir();
    const server = await fixture.start(dataDir);
    await query(server.url, 'CREATE TABLE big AS SELECT generate_series(1, 200000) AS n');
    const stopped = server.stop();
    const next = await fixture.start(dataDir);
    await stopped;
    expect(next.adopted).toBe(false);
    expect(await query(next.url, 'SELECT count(*)::int AS n FROM big')).toEqual([{ n: 200_000 }]);
    await next.stop();
  });
});
