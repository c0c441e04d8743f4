import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedUrl } from '../support/database-dump.js';
import { freePort, RedoubtProcess } from '../support/redoubt-process.js';

interface Copy {
  readonly stage: number;
  readonly from: string | undefined;
  readonly sources: readonly string[];
  readonly target: string;
}

/** The COPY lines of the Dockerfile. */
function copies(): Copy[] {
  let stage = -1;
  return readFileSync('Dockerfile', 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('FROM ')) stage += 1;
      const [, from, words] = /^COPY (?:--from=(\w+) )?(.+)$/.exec(line) ?? [];
      if (!words) return [];
      const names = words.split(' ');
      return [{ stage, from, sources: names.slice(0, -1), target: names.at(-1) ?? '' }];
    });
}

/** A folder with what the image's last stage holds, but for its packages, which are this checkout's. */
function assembleImage(folder: string): string {
  const image = join(folder, 'app');
  mkdirSync(image);
  for (const { stage, from, sources, target } of copies()) {
    if (stage === 0) continue;
    for (const source of sources) {
      const path = from ? source.replace(/^\/app\//, '') : source;
      const to = join(image, target === './' ? basename(path) : target);
      const filter = (name: string): boolean => path !== 'src' || !/\.ts$|\/testing$/.test(name);
      cpSync(path, to, { recursive: true, filter });
    }
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(image, 'node_modules'));
  return image;
}

describe('the image', () => {
  let folder: string;
  let image: string;
  let database: RedoubtProcess;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'redoubt-image-')));
    database = await RedoubtProcess.start();
    image = assembleImage(folder);
  });
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await database?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is built from files that exist and that .dockerignore lets through', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const needed = copies()
      .filter(({ from }) => !from)
      .flatMap(({ sources }) => sources);
    expect(needed.length).toBeGreaterThan(5);
    for (const name of needed) {
      expect([name, existsSync(name)]).toEqual([name, true]);
      expect(allowed).toContain(name);
    }
    expect([...new Set(needed)].sort()).toEqual([...allowed].sort());
  });

  const run = (command: string, env: Record<string, string>): ChildProcess => {
    const child = spawn(process.execPath, ['bin/redoubt.mjs', command], {
      cwd: image,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        DATABASE_URL: embeddedUrl(database.dataDir),
        REDOUBT_MASTER_KEY: readFileSync(join(database.dataDir, 'master-key'), 'utf8').trim(),
        REDOUBT_DATA_DIR: join(folder, 'data'),
        ...env,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    running.push(child);
    return child;
  };

  const isAlive = (port: string): boolean =>
    spawnSync(process.execPath, [join(image, 'bin/is-alive.mjs'), port]).status === 0;

  const ended = (child: ChildProcess): Promise<number | null> =>
    new Promise((resolve) => child.once('exit', (code) => resolve(code)));

  it.each([
    ['api', 'PORT'],
    ['worker', 'REDOUBT_WORKER_METRICS_PORT'],
  ])(
    'has all that %s needs; its health check sees it come and go, and SIGTERM ends it in order',
    async (command, setting) => {
      const port = String(await freePort());
      expect(isAlive(port)).toBe(false);
      const child = run(command, { [setting]: port });
      const end = ended(child);
      for (const since = Date.now(); !isAlive(port); await sleep(500))
        if (Date.now() - since > 60_000) throw new Error(`${command} does not come up`);
      if (command === 'api') {
        const page = await (await fetch(`http://127.0.0.1:${port}/docs`)).text();
        expect(page).toContain('/openapi/safekeylab.json');
      }
      child.kill('SIGTERM');
      expect(await end).toBe(0);
      expect(isAlive(port)).toBe(false);
    },
  );

  it('has all that setup needs, which changes nothing the second time', async () => {
    expect(await ended(run('setup', {}))).toBe(0);
    expect(existsSync(join(folder, 'data', 'admin-key'))).toBe(false);
  });
});
