import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Client } from '../support/client.js';
import { embeddedUrl } from '../support/database-dump.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

jest.setTimeout(180_000);

const ROTATE = '/api/v1/crypto/keys/rotate';
const PATIENCE_MS = 60_000;

const SECRET = 'My name is John Smith, write to john.smith@example.com.';

async function ended(client: Client, id: string) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(50)) {
    const { body } = await client.get(`/api/v1/jobs/${id}`);
    if (!['queued', 'running'].includes(body.status)) return body;
  }
  throw new Error(`the job ${id} does not end`);
}

async function rotated(client: Client, target: string) {
  const { status, body } = await client.post(ROTATE, { target });
  expect([status, body.status]).toEqual([202, 'queued']);
  const job = await ended(client, body.id);
  expect(job).toMatchObject({ type: 'key_rotation', status: 'completed', reference: { target } });
  expect(job.progress.completed).toBe(job.progress.total);
  return job;
}

/** Leaves sealed values of several kinds; what it returns reads them all, through any process. */
async function leaveValues(client: Client): Promise<(client: Client) => Promise<void>> {
  const tokens = await client.post('/api/v1/process', { data: SECRET, method: 'tokenization' });
  const config = { deny_list: ['Nightingale'] };
  const resource = { name: `kept ${randomBytes(4).toString('hex')}`, type: 'processor', config };
  const made = await client.post('/api/v1/resources', resource);
  const headers = { 'idempotency-key': randomBytes(8).toString('hex') };
  const key = { name: 'kept', scopes: ['detect'] };
  const first = await client.post('/api/v1/api-keys', key, { headers });
  return async (reader) => {
    const restored = await reader.post('/api/v1/detokenize', { data: tokens.body.processed_data });
    expect([restored.status, restored.body.data]).toEqual([200, SECRET]);
    expect((await reader.get(`/api/v1/resources/${made.body.id}`)).body.config).toEqual(config);
    const again = await reader.post('/api/v1/api-keys', key, { headers });
    expect([again.headers.get('idempotent-replayed'), again.body.id]).toEqual(['true', first.body.id]);
    expect((await reader.get('/api/v1/audit-logs')).status).toBe(200);
  };
}

const actionsOf = async (client: Client, action: string) =>
  (await client.get(`/api/v1/audit-logs?action=${action}`)).body.data;

describe('key rotation', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt?.dispose());

  const keyFile = () => join(redoubt.dataDir, 'master-key');

  it('renews the key of an organization; everything is read as before', async () => {
    const read = await leaveValues(client);
    await rotated(client, 'organization');
    await read(client);
    const job = await rotated(client, 'organization');
    await read(client);
    await (await leaveValues(client))(client);
    const [newest, ...others] = await actionsOf(client, 'organization_key.rotated');
    expect(others).toHaveLength(1);
    expect(newest).toMatchObject({
      target_type: 'organization_key',
      target_id: job.reference.key_id,
      counts: { old_wrappers: 0, removed_keys: 1 },
    });
    const logs = (await client.get(`/api/v1/jobs/${job.id}/logs`)).body.data;
    expect(logs.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['KEYS_REWRAPPED', 'JOB_COMPLETED']),
    );
  });

  it('renews the master key in its file; another start goes on, and the old key starts nothing', async () => {
    const read = await leaveValues(client);
    const old = readFileSync(keyFile(), 'utf8');
    await rotated(client, 'master');
    await read(client);
    const fresh = readFileSync(keyFile(), 'utf8');
    expect(fresh).not.toBe(old);
    expect(existsSync(`${keyFile()}.next`)).toBe(false);
    expect(await actionsOf(client, 'master_key.rotated')).toMatchObject([
      { counts: { old_wrappers: 0, removed_keys: 1, organization_keys: 1, instance_keys: 9 } },
    ]);

    const key = redoubt.adminKey;
    await redoubt.stop();
    writeFileSync(keyFile(), old);
    const refused = await RedoubtProcess.spawn({}, redoubt.dataDir);
    expect((await refused.ended).output).toMatch(/does not belong to this database/);
    writeFileSync(keyFile(), fresh);
    redoubt = await RedoubtProcess.start({}, redoubt.dataDir);
    client = new Client(redoubt.url, key);
    await read(client);
  });

  it('is one at a time for a target, and a repeated request is the same one', async () => {
    const database = new pg.Client({ connectionString: embeddedUrl(redoubt.dataDir) });
    await database.connect();
    await database.query('BEGIN');
    await database.query('SELECT id FROM data_keys FOR UPDATE');
    const headers = { 'idempotency-key': 'rotate once' };
    const first = await client.post(ROTATE, { target: 'organization' }, { headers });
    const second = await client.post(ROTATE, { target: 'organization' });
    const again = await client.post(ROTATE, { target: 'organization' }, { headers });
    await database.query('ROLLBACK');
    await database.end();
    expect([second.status, second.body.error.code]).toEqual([409, 'KEY_ROTATION_RUNNING']);
    expect([again.status, again.body]).toEqual([202, first.body]);
    expect((await ended(client, first.body.id)).status).toBe('completed');
  });

  it('needs its permission and a known target', async () => {
    const { body } = await client.post('/api/v1/api-keys', { name: 'no crypto', scopes: ['jobs:write'] });
    const refused = await client.post(ROTATE, { target: 'organization' }, { key: body.key });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'PERMISSION_DENIED']);
    for (const json of [{}, { target: 'data' }, { target: 'master', force: true }])
      expect((await client.post(ROTATE, json)).status).toBe(400);
  });
});

describe('rotation of a master key from the environment', () => {
  it('says what to do, and follows the order of the guide', async () => {
    const [first, second] = [randomBytes(32).toString('hex'), randomBytes(32).toString('base64')];
    let redoubt = await RedoubtProcess.start({ REDOUBT_MASTER_KEY: first });
    const { dataDir, adminKey } = redoubt;
    const clientOf = () => new Client(redoubt.url, adminKey);
    const read = await leaveValues(clientOf());
    const refused = await clientOf().post(ROTATE, { target: 'master' });
    expect([refused.status, refused.body.error.code]).toEqual([422, 'NEXT_MASTER_KEY_MISSING']);
    expect(refused.body.error.message).toMatch(/REDOUBT_NEXT_MASTER_KEY/);

    const restart = async (env: NodeJS.ProcessEnv): Promise<void> => {
      await redoubt.stop();
      redoubt = await RedoubtProcess.start(env, dataDir);
    };
    await restart({ REDOUBT_MASTER_KEY: first, REDOUBT_NEXT_MASTER_KEY: second });
    await rotated(clientOf(), 'master');
    await read(clientOf());
    const twice = await clientOf().post(ROTATE, { target: 'master' });
    expect([twice.status, twice.body.error.code]).toEqual([422, 'NEXT_MASTER_KEY_IN_USE']);
    await restart({ REDOUBT_MASTER_KEY: second });
    await read(clientOf());
    await redoubt.dispose();
  });
});
