import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { freePort } from '../support/redoubt-process.js';
import { describeWith } from '../support/tools.js';

interface Service {
  readonly image: string;
  readonly build?: unknown;
  readonly command?: readonly string[];
  readonly environment?: Record<string, string>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks: Record<string, unknown>;
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

interface Composition {
  readonly services: Record<string, Service>;
  readonly volumes: Record<string, unknown>;
  readonly networks: Record<string, { readonly internal?: boolean }>;
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redoubt-compose-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The commands that the head of docker-compose.yml gives to make `.env`, run as they stand. */
function makeEnvFile(): string {
  const head = readFileSync('docker-compose.yml', 'utf8').split('\n\nx-redoubt')[0] ?? '';
  const lines = head.split('\n').map((line) => line.replace(/^# {0,3}/, ''));
  const first = lines.findIndex((line) => line.startsWith('(umask'));
  const last = lines.findIndex((line) => line.includes('> .env'));
  const script = lines.slice(first, last + 1).join('\n');
  const { status, stderr } = spawnSync('sh', ['-ec', script], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return join(folder, '.env');
}

function configOf(env: Record<string, string> = {}, envFile = makeEnvFile()) {
  const args = ['--file', 'docker-compose.yml', '--env-file', envFile, 'config'];
  const { status, stdout, stderr } = spawnSync('docker-compose', args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder, ...env },
  });
  return { status, stderr, config: parse(stdout) as Composition };
}

/** What `redoubt help` names. */
function helped(): { commands: string[]; settings: string[] } {
  const { stdout } = spawnSync(process.execPath, ['bin/redoubt.mjs', 'help'], { encoding: 'utf8' });
  return {
    commands: [...stdout.matchAll(/^redoubt (\w+) /gm)].map(([, name = '']) => name),
    settings: [...stdout.matchAll(/^ {2}([A-Z][A-Z0-9_]+) /gm)].map(([, name = '']) => name),
  };
}

const ours = ({ services }: Composition): [string, Service][] =>
  Object.entries(services).filter(([, { build }]) => build !== undefined);

describeWith('docker-compose', 'docker-compose.yml', () => {
  it('is accepted with the .env that its head makes', () => {
    const { status, stderr, config } = configOf();
    expect([status, stderr]).toEqual([0, '']);
    expect(Object.keys(config.services).sort()).toEqual([
      'api',
      'postgres',
      'redis',
      's3',
      'setup',
      'worker',
    ]);
  });

  it('refuses to start without secrets, and has none of its own', () => {
    const empty = join(folder, 'empty.env');
    writeFileSync(empty, '');
    const { status, stderr } = configOf({}, empty);
    expect(status).not.toBe(0);
    expect(stderr).toContain('see the head of docker-compose.yml');
    expect(readFileSync('docker-compose.yml', 'utf8')).not.toMatch(/PASSWORD: (?!\$)|KEY: (?!\$)/);
  });

  it('names only settings and commands that exist', () => {
    const { commands, settings } = helped();
    const services = ours(configOf().config);
    expect(services.map(([, { command }]) => command?.[0]).sort()).toEqual(['api', 'setup', 'worker']);
    for (const [, { command, environment = {} }] of services) {
      expect(commands).toContain(command?.[0]);
      for (const name of Object.keys(environment)) expect(settings).toContain(name);
    }
  });

  it('publishes the API alone, to this machine alone, on as many ports as are asked for', () => {
    const published = (env: Record<string, string> = {}) =>
      Object.entries(configOf(env).config.services).flatMap(([name, { ports = [] }]) =>
        ports.map((port) => `${name} ${port}`),
      );
    expect(published()).toEqual(['api 127.0.0.1:8000:8000/tcp']);
    expect(published({ REDOUBT_PORTS: '8000-8003' })).toEqual(['api 127.0.0.1:8000-8003:8000/tcp']);
  });

  it('keeps data in volumes, PostgreSQL, Redis and S3 out of reach, and jobs from being evicted', () => {
    const { services, volumes, networks } = configOf().config;
    const stores = Object.entries(services).filter(([, { build }]) => build === undefined);
    expect(stores.map(([name]) => name).sort()).toEqual(['postgres', 'redis', 's3']);
    expect(networks.stores?.internal).toBe(true);
    for (const [name, service] of stores) {
      expect(Object.keys(service.networks)).toEqual(['stores']);
      expect(service.volumes?.map((volume) => volume.split(':')[0])).toEqual([name]);
      expect(Object.keys(volumes)).toContain(name);
    }
    expect(services.redis?.command?.join(' ')).toContain('--appendonly yes --maxmemory-policy noeviction');
  });

  it('starts api and worker after the set-up, and that after PostgreSQL, Redis and S3', () => {
    const { services } = configOf().config;
    const conditions = (name: string) =>
      Object.entries(services[name]?.depends_on ?? {}).map(
        ([other, { condition }]) => `${other} ${condition}`,
      );
    expect(conditions('api')).toEqual(['setup service_completed_successfully']);
    expect(conditions('worker')).toEqual(['setup service_completed_successfully']);
    expect(conditions('setup').sort()).toEqual([
      'postgres service_healthy',
      'redis service_healthy',
      's3 service_healthy',
    ]);
  });

  it('makes secrets that Redoubt accepts', async () => {
    const { config } = configOf();
    const environment = { ...config.services.setup?.environment, ...config.services.worker?.environment };
    const port = await freePort();
    const { status, stderr } = spawnSync(process.execPath, ['bin/redoubt.mjs', 'setup'], {
      encoding: 'utf8',
      env: { ...process.env, ...environment, DATABASE_URL: `postgres://x@127.0.0.1:${port}/x` },
    });
    expect(status).toBe(1);
    expect(stderr).not.toContain('Invalid settings');
    expect(stderr).toContain('cannot be reached');
  });
});
