import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Canaries } from '../support/canaries.js';
import { Client } from '../support/client.js';
import { fileForm, letterPdf, upload } from '../support/files.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

jest.setTimeout(180_000);

const PATIENCE_MS = 90_000;
const PASSWORD = 'correct horse battery staple';
/** What no other text has, and strong enough to be a secret. */
const PLANTED = `sk_live_${randomBytes(12).toString('hex')}`;
const OLD = `old_${randomBytes(12).toString('hex')}`;

describe('environments and their variables', () => {
  let redoubt: RedoubtProcess;
  let admin: Client;
  let viewer: Client;
  let editor: Client;
  let project: string;
  let environment: string;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_LOG_LEVEL: 'debug' });
    admin = new Client(redoubt.url, redoubt.adminKey);
    project = (await admin.post('/api/v1/projects', { name: 'Web Application' })).body.id;
    viewer = await shared('viewer');
    editor = await shared('editor');
    const made = await admin.post('/api/v1/environments', { name: 'Production', project_id: project });
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({
        name: 'production',
        environment_type: 'development',
        version: 1,
        revision: 0,
      }),
    ]);
    environment = made.body.id;
  });
  afterAll(() => redoubt?.dispose());

  /** Somebody with whom the project is shared. */
  async function shared(role: string): Promise<Client> {
    const email = `${role}@example.com`;
    const registered = await admin.post('/api/v1/auth/register', {
      username: role,
      email,
      password: PASSWORD,
    });
    expect(registered.status).toBe(201);
    const share = await admin.post(`/api/v1/projects/${project}/shares`, { email, role });
    expect(share.status).toBe(201);
    return new Client(redoubt.url, registered.body.token);
  }

  const create = async (key: string, value: string, more: object = {}) => {
    const { status, body } = await admin.post('/api/v1/variables', {
      ...{ environment_id: environment, key, value },
      ...more,
    });
    expect([key, status, body]).toEqual([key, 201, expect.objectContaining({ decrypted_value: value })]);
    return body;
  };

  const listed = async (client = admin, query = '') => {
    const { body } = await client.get(`/api/v1/environments/${environment}/variables?page_size=100${query}`);
    return Object.fromEntries(
      body.data.map((row: { key: string; decrypted_value: string }) => [row.key, row.decrypted_value]),
    );
  };

  const revision = async (): Promise<number> =>
    (await admin.get(`/api/v1/environments/${environment}`)).body.revision;

  it('have values that may be empty or have many lines, under keys of one rule', async () => {
    const values = { EMPTY: '', lines_: 'one\ntwo\r\n', _3: ` "quoted" 'twice' $HOME \${X} \\n #` };
    for (const [key, value] of Object.entries(values)) await create(key, value);
    await create('PLANTED', PLANTED, { note: 'Payments', tags: ['money'], rotate_every_days: 30 });
    expect(await listed()).toEqual({ ...values, PLANTED });
    const refused = { environment_id: environment, value: 'x' };
    for (const key of ['9KEY', 'A-B', '', 'KÉY', 'A'.repeat(256)]) {
      const { status, body } = await admin.post('/api/v1/variables', { ...refused, key });
      expect([key, status, body.error.details.field]).toEqual([key, 400, 'key']);
    }
    const long = await admin.post('/api/v1/variables', {
      ...refused,
      key: 'LONG',
      value: 'é'.repeat(40_000),
    });
    expect([long.status, long.body.error.details.field]).toEqual([400, 'value']);
    const twice = await admin.post('/api/v1/variables', { ...refused, key: 'PLANTED' });
    expect([twice.status, twice.body.error.code]).toEqual([409, 'VARIABLE_EXISTS']);
    const name = await admin.post('/api/v1/environments', { name: 'PRODUCTION', project_id: project });
    expect([name.status, name.body.error.code]).toEqual([409, 'ENVIRONMENT_EXISTS']);
    const counts = (await admin.get(`/api/v1/projects/${project}`)).body;
    expect(counts.environment_count).toBe(1);
  });

  it('show a viewer that there are values, and an editor which', async () => {
    expect((await listed(editor)).PLANTED).toBe(PLANTED);
    const hidden = await listed(viewer);
    expect(new Set(Object.values(hidden))).toEqual(new Set(['[HIDDEN]']));
    const { data } = (await viewer.get(`/api/v1/variables?project_id=${project}&tag=money`)).body;
    expect(data).toEqual([expect.objectContaining({ key: 'PLANTED', rotate_every_days: 30 })]);
    const { id } = data[0];
    const one = (await viewer.get(`/api/v1/variables/${id}`)).body;
    expect([one.decrypted_value, one.hidden]).toEqual(['[HIDDEN]', true]);
    const version = (await viewer.get(`/api/v1/variables/${id}/versions/1`)).body;
    expect([version.decrypted_value, version.hidden]).toEqual(['[HIDDEN]', true]);
    const exported = await viewer.get(`/api/v1/environments/${environment}/export`);
    expect(exported.bytes.toString()).toContain('PLANTED=');
    expect(exported.bytes.toString()).not.toContain(PLANTED);
    const diff = (await viewer.get(`/api/v1/environments/${environment}/diff?from=0`)).body;
    expect(JSON.stringify(diff)).not.toContain(PLANTED);
    const forbidden = [
      await viewer.patch(`/api/v1/variables/${id}`, { value: 'x' }),
      await viewer.post('/api/v1/variables', { environment_id: environment, key: 'X', value: 'x' }),
      await viewer.post(`/api/v1/environments/${environment}/restore`, { at: '0' }),
      await editor.delete(`/api/v1/environments/${environment}`),
      await editor.delete(`/api/v1/variables/${id}/versions/1`),
    ];
    expect(forbidden.map(({ status }) => status)).toEqual(forbidden.map(() => 403));
  });

  it('lose no change unnoticed, and tell who made which', async () => {
    const { id, version } = await create('RACE', 'first');
    const path = `/api/v1/variables/${id}`;
    const headers = { 'if-match': `"${version}"` };
    const race = await Promise.all(
      ['a', 'b', 'c'].map((value) => editor.patch(path, { value, reason: `It is ${value}` }, { headers })),
    );
    expect(race.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const won = race.find(({ status }) => status === 200)?.body.decrypted_value;
    const versions = (await admin.get(`${path}/versions`)).body;
    expect(versions.total).toBe(2);
    expect(versions.data[0]).toMatchObject({ version: 2, change: 'updated', reason: `It is ${won}` });
    const [entry] = (await admin.get(`/api/v1/audit-logs?action=variable.updated&page_size=1`)).body.data;
    expect(versions.data[0].request_id).toBe(entry.request_id);
    expect(JSON.stringify(entry)).not.toContain(`"${won}"`);
    const before = await revision();
    expect((await editor.patch(path, { value: won })).body.version).toBe(2);
    expect(await revision()).toBe(before);
    const stale = await admin.post(
      `/api/v1/environments/${environment}/import`,
      { data: 'RACE=late' },
      { headers: { 'if-match': '"1"' } },
    );
    expect(stale.status).toBe(412);
  });

  it('answer a repeated write as the first time, and a value to nobody who may not read it', async () => {
    const headers = { 'idempotency-key': 'once' };
    const json = { environment_id: environment, key: 'ONCE', value: OLD };
    const [first, again] = [
      await admin.post('/api/v1/variables', json, { headers }),
      await admin.post('/api/v1/variables', json, { headers }),
    ];
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect([first.body.decrypted_value, first.body.hidden]).toEqual([OLD, false]);
    const made = await admin.post('/api/v1/api-keys', { name: 'Writer', scopes: ['secrets:write'] });
    const key = { key: made.body.key };
    const path = `/api/v1/variables/${first.body.id}`;
    const noted = await admin.patch(path, { note: 'Seen' }, key);
    expect([noted.status, noted.body.decrypted_value, noted.body.hidden]).toEqual([200, '[HIDDEN]', true]);
    expect((await admin.patch(path, { value: `${OLD}!` }, key)).body.decrypted_value).toBe(`${OLD}!`);
    expect((await admin.get(path, key)).status).toBe(403);
  });

  it('are brought back to any instant, with what was deleted, renamed and added since', async () => {
    const before = await listed();
    const { revised_at: then, revision: old } = (await admin.get(`/api/v1/environments/${environment}`)).body;
    const { data } = (await admin.get(`/api/v1/environments/${environment}/variables?key=lines_`)).body;
    await admin.patch(`/api/v1/variables/${data[0].id}`, { key: 'OTHER', value: OLD });
    const empty = (await admin.get(`/api/v1/environments/${environment}/variables?key=EMPTY`)).body.data[0];
    expect((await admin.delete(`/api/v1/variables/${empty.id}`)).status).toBe(204);
    expect((await admin.get(`/api/v1/variables/${empty.id}`)).status).toBe(404);
    await admin.post(`/api/v1/environments/${environment}/import`, { data: 'EMPTY=full\nNEW=1 # new' });
    const after = await listed();
    const { differences } = (await admin.get(`/api/v1/environments/${environment}/diff?from=${old}`)).body;
    expect(differences.map(({ key, change }: Record<string, string>) => `${key} ${change}`)).toEqual([
      'EMPTY removed',
      'EMPTY added',
      'NEW added',
      'OTHER changed',
    ]);
    const restore = (json: object) => admin.post(`/api/v1/environments/${environment}/restore`, json);
    const preview = (await restore({ at: then, preview: true })).body;
    expect(preview).toMatchObject({ added: ['EMPTY'], changed: ['lines_'], restored_revision: old });
    expect(await listed()).toEqual(after);
    expect((await restore({ at: then, reason: 'It was better' })).status).toBe(200);
    expect(await listed()).toEqual(before);
    expect((await admin.get(`/api/v1/variables/${empty.id}`)).status).toBe(200);
    const undone = await restore({ at: String((await revision()) - 1) });
    expect([undone.status, await listed()]).toEqual([200, after]);
    expect((await restore({ at: then })).status).toBe(200);
    for (const at of ['never', '2999-01-01T00:00:00Z', '99999'])
      expect([at, (await restore({ at })).status]).toEqual([at, 400]);
    const history = (await admin.get(`/api/v1/environments/${environment}/history?page_size=100`)).body.data;
    expect(history[0]).toMatchObject({ cause: 'restored', reason: null });
    expect(JSON.stringify(history)).not.toContain(OLD);
  });

  it('forget a version for good, and say so where it is missed', async () => {
    const { id } = await create('GONE', OLD);
    const old = await revision();
    await admin.patch(`/api/v1/variables/${id}`, { value: 'newer' });
    const version = `/api/v1/variables/${id}/versions`;
    expect((await admin.get(`${version}/1`)).body.decrypted_value).toBe(OLD);
    const inUse = await admin.delete(`${version}/2`);
    expect([inUse.status, inUse.body.error.code]).toEqual([422, 'VERSION_IN_USE']);
    expect((await admin.delete(`${version}/1`)).status).toBe(204);
    expect((await admin.get(`${version}/1`)).body).toMatchObject({
      ...{ decrypted_value: null, hidden: false, destroyed_at: expect.any(String) },
    });
    const refused = await admin.post(`/api/v1/environments/${environment}/restore`, { at: String(old) });
    expect([refused.status, refused.body.error.code]).toEqual([422, 'VERSION_DESTROYED']);
    expect(refused.body.error.message).toContain('GONE');
  });

  it('are found in texts, tables and documents, from the request after the change on', async () => {
    const text = `The key is ${PLANTED}, and so it goes.`;
    const detect = async (data: string) =>
      (await admin.post('/api/v1/detect', { data, entities: ['VAULT_SECRET'] })).body.entities;
    expect(await detect(text)).toMatchObject([{ type: 'VAULT_SECRET', start: 11, end: 11 + PLANTED.length }]);
    const csv = `name,token\nJohn Smith,${PLANTED}\n`;
    const processed = (await admin.post('/api/v1/process', { data: csv, format: 'csv' })).body;
    expect(processed.processed_data).toContain('[VAULT_SECRET]');
    const fresh = `tok_${randomBytes(12).toString('hex')}`;
    expect(await detect(fresh)).toEqual([]);
    const { id } = await create('FRESH', fresh);
    expect(await detect(`x${fresh}x`)).toHaveLength(1);
    expect((await admin.delete(`/api/v1/variables/${id}`)).status).toBe(204);
    expect(await detect(fresh)).toEqual([]);
    for (const [name, bytes] of [
      ['letter.pdf', await letterPdf(['Dear reader,', `use ${PLANTED} for it.`])],
      ['table.csv', Buffer.from(csv)],
    ] as const)
      expect((await redacted(name, bytes)).toString('latin1')).not.toContain(PLANTED);
  });

  /** A document's redacted copy, as it is downloaded, its report having counted a secret. */
  async function redacted(name: string, bytes: Buffer): Promise<Buffer> {
    const sent = await upload(admin, fileForm(name, bytes, { project_id: project, redact: 'true' }));
    expect(sent.status).toBe(201);
    const path = `/api/v1/documents/${sent.body.document_id}`;
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(200)) {
      const { body } = await admin.get(path);
      if (['queued', 'running', 'none'].includes(body.redaction_status)) continue;
      expect([name, body.redaction_status]).toEqual([name, 'completed']);
      const report = (await admin.get(`${path}/report`)).body;
      expect([name, JSON.stringify(report)]).toEqual([name, expect.stringContaining('VAULT_SECRET')]);
      return (await admin.send('POST', `/api/v1/files/id/${body.redacted_file_id}/download`)).bytes;
    }
    throw new Error(`${name} was not redacted`);
  }

  it('leave their values in no file of the database, no log and no metric', async () => {
    const canaries = new Canaries();
    for (const secret of [PLANTED, OLD]) for (const form of formsOf(secret)) canaries.watch(form);
    const metrics = (await admin.get('/metrics')).text;
    expect(canaries.sightings(metrics)).toEqual([]);
    const { dataDir } = redoubt;
    await redoubt.stop();
    expect(canaries.sightings(redoubt.log)).toEqual([]);
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThan(500);
    for (const { parentPath, name } of files) {
      const found = canaries.sightings(readFileSync(join(parentPath, name)));
      expect([name, found]).toEqual([name, []]);
    }
  });
});

/** A secret as it may lie somewhere: as it is, in hexadecimal, and in base64 at each of its three alignments. */
const formsOf = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('hex'),
  ...[0, 1, 2].map((shift) =>
    Buffer.from(' '.repeat(shift) + secret)
      .toString('base64')
      .slice(4, -4),
  ),
];
