import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from '../support/client.js';
import { freePort, newDataDir, RedoubtProcess, stopLeftovers } from '../support/redoubt-process.js';

/** Live processes whose command line or working folder names the data folder. */
function processesOf(dataDir: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return pid !== String(process.pid) && `${command}${environment}`.includes(dataDir);
      } catch {
        return false;
      }
    });
}

async function failedStart(env: NodeJS.ProcessEnv, dataDir = newDataDir()) {
  const redoubt = await RedoubtProcess.spawn(env, dataDir);
  const ended = await redoubt.ended;
  return { ...ended, left: processesOf(dataDir), dataDir };
}

afterEach(stopLeftovers);

describe('a first start', () => {
  it('prints address, key and a curl that works when pasted, and keeps the key for its owner alone', async () => {
    const redoubt = await RedoubtProcess.start({}, newDataDir());
    const key = redoubt.adminKey;
    expect(redoubt.log).toContain(`${redoubt.url}/docs`);
    expect(redoubt.log).toContain(key);
    const curl = redoubt.log.slice(redoubt.log.indexOf('curl '), redoubt.log.indexOf('Ctrl-C'));
    const answer = execFileSync('bash', ['-c', curl.replace('curl ', 'curl -s ')]).toString();
    expect(JSON.parse(answer).processed_data).toBe('My name is [PERSON_NAME], SSN [SSN_REDACTED]');
    for (const file of ['admin-key', 'master-key']) {
      expect([file, statSync(join(redoubt.dataDir, file)).mode & 0o777]).toEqual([file, 0o600]);
    }
    const actions = (await new Client(redoubt.url, key).get('/api/v1/audit-logs')).body.data;
    expect(actions.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['organization.created', 'user.created', 'project.created', 'api_key.created']),
    );
    await redoubt.dispose();
  });

  it('takes the key of REDOUBT_ADMIN_KEY instead, and a later start may set another', async () => {
    const first = `sk_live_${'a'.repeat(38)}`;
    const redoubt = await RedoubtProcess.start({ REDOUBT_ADMIN_KEY: first });
    expect((await new Client(redoubt.url, first).get('/api/v1/api-keys')).status).toBe(200);
    expect(existsSync(join(redoubt.dataDir, 'admin-key'))).toBe(false);
    expect(redoubt.log).not.toContain(first);
    await redoubt.stop();
    const second = `sk_live_${'b'.repeat(38)}`;
    const again = await RedoubtProcess.start({ REDOUBT_ADMIN_KEY: second }, redoubt.dataDir);
    expect((await new Client(again.url, second).get('/api/v1/api-keys')).body.total).toBe(2);
    await again.dispose();
  });
});

describe('a stop', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s lets a request in flight end, ends within 10 s of it with code 0 and leaves no process',
    async (signal) => {
      const redoubt = await RedoubtProcess.start();
      const client = new Client(redoubt.url, redoubt.adminKey);
      await client.get('/livez');
      const long = client.post('/api/v1/process', { data: 'The quick brown fox. '.repeat(200_000) });
      await new Promise((resolve) => setTimeout(resolve, 150));
      const stopped = redoubt.stop(signal);
      expect((await long).status).toBe(200);
      const answered = Date.now();
      expect((await stopped).code).toBe(0);
      expect(Date.now() - answered).toBeLessThan(10_000);
      expect(processesOf(redoubt.dataDir)).toEqual([]);
      rmSync(redoubt.dataDir, { recursive: true, force: true });
    },
  );
});

describe('a start after kill -9', () => {
  it('finds everything there, adopting the orphaned database', async () => {
    const redoubt = await RedoubtProcess.start();
    const client = new Client(redoubt.url, redoubt.adminKey);
    const made = await client.post('/api/v1/api-keys', { name: 'Survivor', scopes: ['detect'] });
    const key = redoubt.adminKey;
    await redoubt.stop('SIGKILL');
    const again = await RedoubtProcess.start({}, redoubt.dataDir);
    expect(again.log).not.toContain(key);
    const found = await new Client(again.url, key).get(`/api/v1/api-keys/${made.body.id}`);
    expect(found.body.name).toBe('Survivor');
    await again.dispose();
    expect(processesOf(redoubt.dataDir)).toEqual([]);
  });
});

describe('a start with DATABASE_URL', () => {
  it('shares the database with other processes, which refuse a key revoked elsewhere on its next request', async () => {
    const first = await RedoubtProcess.start();
    const [, , , port] = readFileSync(join(first.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    const password = readFileSync(join(first.dataDir, 'pg.secret'), 'utf8').trim();
    const second = await RedoubtProcess.start({
      DATABASE_URL: `postgres://redoubt:${encodeURIComponent(password)}@127.0.0.1:${port}/redoubt`,
      REDOUBT_MASTER_KEY: readFileSync(join(first.dataDir, 'master-key'), 'utf8').trim(),
    });
    const here = new Client(first.url, first.adminKey);
    const there = new Client(second.url, first.adminKey);
    for (let trial = 0; trial < 20; trial += 1) {
      const { body } = await here.post('/api/v1/api-keys', { name: 'Shared', scopes: ['detect'] });
      expect((await there.post('/v1/detect', { data: 'x' }, { key: body.key })).status).toBe(200);
      await here.delete(`/api/v1/api-keys/${body.id}`);
      expect((await there.post('/v1/detect', { data: 'x' }, { key: body.key })).status).toBe(401);
    }
    expect(readdirSync(second.dataDir)).toEqual([]);
    await second.dispose();
    await first.dispose();
  });
});

describe('a start that cannot go on', () => {
  it('says that the port is taken, and touches nothing', async () => {
    const port = await freePort();
    const squatter = createServer().listen(port, '127.0.0.1');
    const { code, output, left, dataDir } = await failedStart({ PORT: String(port) });
    squatter.close();
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`Port ${port} on 127.0.0.1 is taken.*PORT=`));
    expect(left).toEqual([]);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('says that the data folder is in use by a live Redoubt, and leaves that one alone', async () => {
    const redoubt = await RedoubtProcess.start();
    const { code, output } = await failedStart({}, redoubt.dataDir);
    expect(code).toBe(1);
    expect(output).toMatch(/is in use by a Redoubt that is running.*REDOUBT_DATA_DIR/s);
    expect((await fetch(`${redoubt.url}/readyz`)).status).toBe(200);
    await redoubt.dispose();
  });

  it('says that the database cannot be reached, without showing its password', async () => {
    const url = `postgres://user:hunter2-secret@127.0.0.1:${await freePort()}/redoubt`;
    const { code, output, left } = await failedStart({ DATABASE_URL: url });
    expect(code).toBe(1);
    expect(output).toMatch(/cannot be reached \(ECONNREFUSED\)/);
    expect(output).not.toContain('hunter2');
    expect(left).toEqual([]);
  });

  it('says that the master key is the wrong one', async () => {
    const redoubt = await RedoubtProcess.start();
    await redoubt.stop();
    writeFileSync(join(redoubt.dataDir, 'master-key'), `${Buffer.alloc(32, 7).toString('base64')}\n`);
    const { code, output, left } = await failedStart({}, redoubt.dataDir);
    expect(code).toBe(1);
    expect(output).toMatch(/master key from .*master-key does not belong to this database/);
    expect(left).toEqual([]);
    rmSync(redoubt.dataDir, { recursive: true, force: true });
  });

  it('names every invalid setting at once', async () => {
    const { code, output } = await failedStart({
      PORT: '99999',
      HOST: 'no host',
      REDOUBT_MASTER_KEY: 'short',
    });
    expect(code).toBe(1);
    for (const name of ['PORT', 'HOST', 'REDOUBT_MASTER_KEY'])
      expect(output).toMatch(new RegExp(`${name}: expected `));
    expect(output).not.toContain('at ');
  });

  it('says that Node is too old', () => {
    const shim = join(newDataDir(), 'old-node.mjs');
    writeFileSync(
      shim,
      `Object.defineProperty(process.versions, 'node', { value: '18.20.0' });\nawait import(${JSON.stringify(join(process.cwd(), 'bin/redoubt.mjs'))});\n`,
    );
    const { status, stderr } = spawnSync(process.execPath, [shim, 'start'], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/needs Node 20\.19.*this is Node 18\.20\.0/s);
  });
});

const asRoot = process.getuid?.() === 0;

describe('an ordinary user', () => {
  it('starts it as well as root does', async () => {
    if (!asRoot) return console.warn('not run: the tests above already ran as an ordinary user');
    if (process.env.REDOUBT_TEST_CLOSED) return console.warn('not run: nobody else can read this checkout');
    const dataDir = newDataDir();
    chmodSync(dataDir, 0o777);
    const port = await freePort();
    const script = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['bin/redoubt.mjs', 'start'], {
        uid: 65534, gid: 65534, stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, HOME: '/tmp', PORT: '${port}', REDOUBT_DATA_DIR: ${JSON.stringify(dataDir)} } });
      let out = '';
      child.stdout.on('data', (chunk) => { out += chunk; if (out.includes('Ctrl-C stops it.')) { out = ''; console.log('READY'); child.kill('SIGINT'); } });
      child.on('exit', (code) => { console.log('CODE ' + code); });`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect([stdout, stderr]).toEqual(['READY\nCODE 0\n', expect.any(String)]);
    rmSync(dataDir, { recursive: true, force: true });
  });
});
