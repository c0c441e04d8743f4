import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultSystemPath, findBinaries } from './binaries.js';
import { findNativePackage, nativePackage } from './native-package.js';
import { asRoot, nobody, query, ServerFixture } from './testing/server-fixture.js';

jest.setTimeout(60_000);

const fixture = new ServerFixture();

afterEach(() => fixture.endAll());
afterAll(() => fixture.dispose());

/** An npm install of the platform package alone, without its links, as `--ignore-scripts` leaves it. */
function installWithoutLinks(name: string): { folder: string; links: string[] } {
  const installed = findNativePackage([process.cwd()]);
  if (installed === undefined) throw new Error(`the tests need ${nativePackage}`);
  const folder = join(fixture.root, name);
  const target = join(folder, 'node_modules', nativePackage);
  cpSync(realpathSync(dirname(installed.folder)), target, { recursive: true, verbatimSymlinks: true });
  const links = readdirSync(target, { recursive: true, encoding: 'utf8' })
    .map((entry) => join(target, entry))
    .filter((entry) => lstatSync(entry).isSymbolicLink());
  for (const link of links) rmSync(link);
  return { folder, links };
}

describe('the programs', () => {
  const none = { searchFrom: ['/'], systemPath: '/nonexistent' };

  it('are asked for, with what to do, when there are none', async () => {
    const message = new RegExp(
      `the package ${nativePackage} is not installed.*--omit=optional.*set DATABASE_URL`,
    );
    await expect(fixture.start(fixture.dataDir(), none)).rejects.toThrow(message);
    await expect(fixture.start(fixture.dataDir(), none)).rejects.toMatchObject({
      name: 'EmbeddedPostgresError',
    });
  });

  it('of the system do when the package is missing, and a cluster stays with its version', async () => {
    const search = { searchFrom: ['/'], systemPath: defaultSystemPath(), copies: '/', account: undefined };
    const system = await findBinaries({ ...search, wantedMajor: undefined, say: () => {} }).catch(
      () => undefined,
    );
    if (system === undefined) return console.warn('not run: this system has no PostgreSQL of its own');
    const dataDir = fixture.dataDir();
    const first = await fixture.start(dataDir, { searchFrom: ['/'] });
    const version = "SELECT current_setting('server_version_num')::int / 10000 AS major";
    expect(await query(first.url, version)).toEqual([{ major: system.major }]);
    await first.stop();
    // Now the package is there too, with a newer PostgreSQL.
    const second = await fixture.start(dataDir);
    expect(await query(second.url, version)).toEqual([{ major: system.major }]);
    await second.stop();
    await expect(fixture.start(dataDir, { systemPath: '/nonexistent' })).rejects.toThrow(
      `The data folder was made by PostgreSQL ${system.major}, and only version 18 is here. Install PostgreSQL ${system.major}`,
    );
  });

  it('of an install with --ignore-scripts get their links back', async () => {
    const { folder, links } = installWithoutLinks('ignore-scripts');
    expect(links.length).toBeGreaterThan(0);
    const server = await fixture.start(fixture.dataDir(), {
      searchFrom: [folder],
      systemPath: '/nonexistent',
    });
    await server.stop();
    for (const link of links) expect(statSync(link).isFile()).toBe(true);
  });

  it('of such an install that is read-only are copied beside the data', async () => {
    if (nobody === undefined) return console.warn('not run: only root can become somebody else');
    const { folder, links } = installWithoutLinks('read-only');
    const dataDir = fixture.dataDir();
    const launched = await fixture.launch(dataDir, nobody, {
      searchFrom: [folder],
      systemPath: '/nonexistent',
    });
    expect(launched.error).toBeUndefined();
    expect(launched.lines.join()).toMatch(/programs were copied to .*data\/postgresql-18/);
    expect(links.filter((link) => existsSync(link))).toEqual([]);
    await fixture.end(launched);
  });
});

describe('as root, in a folder that only root can reach', () => {
  function closedFolder(name: string): string {
    const closed = join(fixture.root, name);
    mkdirSync(closed, { recursive: true });
    chmodSync(closed, 0o700);
    return closed;
  }

  it('the database moves to a place the server can reach, and stays with the data folder', async () => {
    if (!asRoot) return console.warn('not run: needs root');
    const closed = closedFolder('closed');
    const dataDir = join(closed, 'data');
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const first = await fixture.start(dataDir, { say });
    expect(first.dataDir.startsWith(join(fixture.root, 'var'))).toBe(true);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/The database lives in .*\/var\/[0-9a-f]{16}: .* cannot reach/);
    await query(first.url, 'CREATE TABLE kept AS SELECT 3 AS n');
    await first.stop();

    const moved = join(closed, 'moved');
    renameSync(dataDir, moved);
    chmodSync(closed, 0o755);
    const second = await fixture.start(moved, { say });
    expect(second.dataDir).toBe(first.dataDir);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 3 }]);
    await second.stop();
    expect(lines).toHaveLength(1);

    // A new data folder of the old name has nothing to do with the old database.
    chmodSync(closed, 0o700);
    const third = await fixture.start(dataDir, { say });
    expect(third.dataDir).not.toBe(first.dataDir);
    await third.stop();

    rmSync(dirname(first.dataDir), { recursive: true });
    await expect(fixture.start(moved)).rejects.toThrow(/lives in .*, which is gone. Put that folder back/);
  });

  it('a kill -9 of the owner is followed by adoption there too', async () => {
    if (!asRoot) return console.warn('not run: needs root');
    const dataDir = join(closedFolder('closed-adopt'), 'data');
    const owner = await fixture.launch(dataDir);
    process.kill(owner.pid, 'SIGKILL');
    const adopted = await fixture.start(dataDir);
    expect(adopted).toMatchObject({ adopted: true, dataDir: owner.dataDir });
    await adopted.stop();
  });

  it('a database made while the folder was open is not left behind when it is closed', async () => {
    if (!asRoot) return console.warn('not run: needs root');
    const closed = join(fixture.root, 'later-closed');
    const dataDir = join(closed, 'data');
    await (await fixture.start(dataDir)).stop();
    chmodSync(closed, 0o700);
    await expect(fixture.start(dataDir)).rejects.toThrow(/can no longer reach .*chmod o\+x/);
  });

  it('programs in there are copied out, readable but not writable by the server', async () => {
    if (!asRoot) return console.warn('not run: needs root');
    const { folder } = installWithoutLinks('closed-install');
    chmodSync(folder, 0o700);
    const search = { searchFrom: [folder], systemPath: '/nonexistent' };
    const first = await fixture.start(fixture.dataDir(), search);
    const program = readFileSync(join(first.dataDir, 'postmaster.opts'), 'utf8').split(' ')[0] ?? '';
    expect(program.startsWith(join(fixture.root, 'var', 'postgresql-18'))).toBe(true);
    expect(statSync(program)).toMatchObject({ uid: 0 });
    expect(statSync(program).mode & 0o777).toBe(0o755);
    await first.stop();
    const lines: string[] = [];
    const second = await fixture.start(fixture.dataDir(), {
      ...search,
      say: (line) => void lines.push(line),
    });
    await second.stop();
    expect(lines).toEqual([]);
  });
});
