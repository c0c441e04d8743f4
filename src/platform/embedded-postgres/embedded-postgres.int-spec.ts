import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { serverProcesses } from './processes.js';
import { asRoot, connected, nobody, query, ServerFixture, until } from './testing/server-fixture.js';

jest.setTimeout(60_000);

const fixture = new ServerFixture();

afterEach(() => fixture.endAll());
afterAll(() => fixture.dispose());

describe('startEmbeddedPostgres', () => {
  it('serves a database that survives a stop, and stop leaves no process', async () => {
    const dataDir = fixture.dataDir();
    const first = await fixture.start(dataDir);
    expect(first).toMatchObject({ adopted: false, dataDir: join(dataDir, 'postgres') });
    expect(serverProcesses(first.dataDir).length).toBeGreaterThan(1);
    await query(first.url, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
    await first.stop();
    await first.exited;
    expect(serverProcesses(first.dataDir)).toEqual([]);
    expect(existsSync(join(first.dataDir, 'postmaster.pid'))).toBe(false);

    const second = await fixture.start(dataDir);
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 1000 }]);
    await Promise.all([second.stop(), second.stop()]);
    expect(serverProcesses(second.dataDir)).toEqual([]);
  });

  it('keeps to the loopback address, with checked pages, durable commits and a password', async () => {
    const server = await fixture.start(fixture.dataDir());
    const rows = await query<{ name: string; setting: string }>(
      server.url,
      'SELECT name, setting FROM pg_settings',
    );
    const settings = Object.fromEntries(rows.map((row) => [row.name, row.setting]));
    expect(settings).toMatchObject({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      server_encoding: 'UTF8',
      password_encryption: 'scram-sha-256',
      max_connections: '60',
      TimeZone: 'UTC',
    });
    const wrong = server.url.replace(/:[^:@]+@/, ':wrong@');
    await expect(query(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    await server.stop();
  });

  it('shows its files to nobody else', async () => {
    const dataDir = fixture.dataDir();
    const server = await fixture.start(dataDir);
    const modes = ['pg.secret', 'postgres.log', 'postgres'].map(
      (name) => statSync(join(dataDir, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o600, 0o600, 0o700]);
    expect(readdirSync(dataDir).sort()).toEqual(['pg.secret', 'postgres', 'postgres.log']);
    const command = serverProcesses(server.dataDir).map((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
    );
    expect(command.join()).not.toContain(readFileSync(join(dataDir, 'pg.secret'), 'utf8').trim());
    await server.stop();
  });

  it('writes no data of failed statements to its log', async () => {
    const server = await fixture.start(fixture.usedDataDir());
    await connected(server.url, async (client) => {
      await client.query('CREATE TABLE people (email text PRIMARY KEY, age int)');
      const insert = "INSERT INTO people VALUES ('jane.roe@example.com', 41)";
      await client.query(insert);
      await expect(client.query(insert)).rejects.toMatchObject({ code: '23505' });
      await expect(client.query("SELECT 'Jane Roe'::int")).rejects.toMatchObject({ code: '22P02' });
      await expect(
        client.query("DO $$ BEGIN RAISE WARNING 'Jane Roe'; RAISE 'Jane Roe'; END $$"),
      ).rejects.toThrow();
    });
    await server.stop();
    const log = readFileSync(join(dirname(server.dataDir), 'postgres.log'), 'utf8');
    expect(log).toContain('database system is shut down');
    expect(log).not.toMatch(/jane/i);
  });

  it('is not led astray by PostgreSQL variables in our environment, and passes none of ours on', async () => {
    const ours = {
      PGPORT: '1',
      PGDATA: '/nonexistent',
      PGSSLMODE: 'require',
      PGUSER: 'x',
      PGOPTIONS: '-c fsync=off',
      REDOUBT_MASTER_KEY: 'k',
    };
    const before = { ...process.env };
    Object.assign(process.env, ours);
    try {
      const server = await fixture.start(fixture.dataDir());
      // A driver takes these as given with any URL; leaving them out is the caller's affair.
      delete process.env.PGOPTIONS;
      expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      const environments = serverProcesses(server.dataDir).map((pid) =>
        readFileSync(`/proc/${pid}/environ`, 'utf8'),
      );
      expect(environments.join('')).not.toMatch(/REDOUBT|nonexistent/);
      await server.stop();
    } finally {
      for (const name of Object.keys(ours)) delete process.env[name];
      Object.assign(process.env, before);
    }
  });

  it('as root, the server and its files belong to an ordinary account', async () => {
    if (!asRoot) return console.warn('not run: needs root');
    const dataDir = fixture.dataDir();
    const server = await fixture.start(dataDir);
    const owner = statSync(server.dataDir).uid;
    expect(owner).not.toBe(0);
    for (const pid of serverProcesses(server.dataDir)) expect(statSync(`/proc/${pid}`).uid).toBe(owner);
    for (const name of ['pg.secret', 'postgres.log']) expect(statSync(join(dataDir, name)).uid).toBe(owner);
    await server.stop();
  });

  it('as an ordinary user, everything is that user’s; a later start as root leaves it so', async () => {
    if (nobody === undefined) return console.warn('not run: only root can become somebody else');
    const dataDir = fixture.dataDir();
    const launched = await fixture.launch(dataDir, nobody);
    expect(launched).toMatchObject({ adopted: false, dataDir: join(dataDir, 'postgres') });
    expect(statSync(launched.dataDir).uid).toBe(nobody.uid);
    await query(launched.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    await fixture.end(launched);
    expect(serverProcesses(launched.dataDir)).toEqual([]);

    const byRoot = await fixture.start(dataDir);
    expect(await query(byRoot.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await byRoot.stop();
    expect(statSync(byRoot.dataDir).uid).toBe(nobody.uid);
    const again = await fixture.launch(dataDir, nobody);
    expect(again.error).toBeUndefined();
    await fixture.end(again);
  });

  it('tells an ordinary user that the data folder is somebody else’s', async () => {
    if (nobody === undefined) return console.warn('not run: only root can become somebody else');
    const dataDir = fixture.dataDir();
    const server = await fixture.start(dataDir);
    await server.stop();
    if (statSync(server.dataDir).uid === nobody.uid)
      return console.warn('not run: there is only one account');
    const refused = await fixture.launch(dataDir, nobody);
    expect(refused.error).toMatch(/belongs to another account .* Start Redoubt as that account or as root/);
  });

  it('refuses a folder with foreign files and says what to do', async () => {
    const dataDir = fixture.dataDir();
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    await (await fixture.start(dataDir)).stop();

    const other = fixture.dataDir();
    mkdirSync(join(other, 'postgres'), { recursive: true });
    writeFileSync(join(other, 'postgres', 'notes.txt'), 'mine');
    await expect(fixture.start(other)).rejects.toThrow(
      /holds files, but no PostgreSQL cluster. Move it away/,
    );
    expect(readFileSync(join(other, 'postgres', 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('puts right the owner and mode of a cluster that was copied about', async () => {
    const dataDir = fixture.usedDataDir();
    const server = await fixture.start(dataDir);
    await query(server.url, 'CREATE TABLE kept AS SELECT 5 AS n');
    await server.stop();
    const copy = fixture.dataDir();
    cpSync(dataDir, copy, { recursive: true });
    chmodSync(join(copy, 'postgres'), 0o755);
    const second = await fixture.start(copy);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 5 }]);
    await second.stop();
  });

  it('asks for the password file back when it is missing or another', async () => {
    const dataDir = fixture.usedDataDir();
    const secret = readFileSync(join(dataDir, 'pg.secret'), 'utf8');
    rmSync(join(dataDir, 'pg.secret'));
    await expect(fixture.start(dataDir)).rejects.toThrow(
      /pg.secret, the password of .* is missing. Put it back/,
    );
    writeFileSync(join(dataDir, 'pg.secret'), 'not the password\n');
    await expect(fixture.start(dataDir)).rejects.toThrow(/Put back the pg.secret that belongs to it/);
    await until(
      () => serverProcesses(join(dataDir, 'postgres')).length === 0,
      'no server left by the failed start',
    );
    writeFileSync(join(dataDir, 'pg.secret'), secret);
    await (await fixture.start(dataDir)).stop();
  });
});
