import { Client } from '../support/client.js';
import { MockUpstream } from '../support/mock-upstream.js';
import { entriesOf, MANY_ACCOUNTS, People } from '../support/people.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PATH = '/api/v1/configs/upstreams';
const KEY = 'sk-quartermaine-0123456789';

describe('model servers', () => {
  let redoubt: RedoubtProcess;
  let people: People;
  let admin: Client;
  let mock: MockUpstream;

  beforeAll(async () => {
    mock = await MockUpstream.start();
    redoubt = await RedoubtProcess.start(MANY_ACCOUNTS);
    people = new People(redoubt);
    admin = people.admin;
  });
  afterAll(async () => {
    await redoubt.dispose();
    await mock.stop();
  });

  const add = (name: string, more: object = {}) => admin.post(PATH, { name, base_url: mock.url, ...more });

  it('are added, listed, changed and deleted by administrators of the instance', async () => {
    const added = await add('crud', { base_url: `${mock.url}/`, models: ['m', 'm', 'n'] });
    expect([added.status, added.headers.get('etag')]).toEqual([201, '"1"']);
    expect(added.body).toMatchObject({
      ...{ name: 'crud', base_url: mock.url, has_api_key: false, private: false, enabled: true },
      ...{ priority: 100, models: ['m', 'n'], first_byte_seconds: 60, idle_seconds: 60, total_seconds: 600 },
      ...{ max_retries: 2, health: { status: 'unknown', consecutive_failures: 0 } },
    });
    const one = `${PATH}/${added.body.id}`;
    expect((await admin.get(one)).body).toEqual(added.body);
    expect((await admin.get(one, { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
    const listed = await admin.get(`${PATH}?name=crud&enabled=true&private=false&sort=priority`);
    expect(listed.body).toMatchObject({ total: 1, data: [{ id: added.body.id }], next_cursor: null });
    const changed = await admin.patch(one, { models: null, enabled: false, priority: 0 });
    expect(changed.body).toMatchObject({ models: null, enabled: false, priority: 0, version: 2 });
    const stale = await admin.patch(one, { priority: 5 }, { headers: { 'if-match': '"1"' } });
    expect(stale.status).toBe(412);
    expect((await admin.delete(one, { headers: { 'if-match': '"2"' } })).status).toBe(204);
    expect([(await admin.get(one)).status, (await admin.delete(one)).status]).toEqual([404, 404]);
    const entries = await entriesOf(admin, `target_id=${added.body.id}`);
    expect(entries.map(({ action }: { action: string }) => action).sort()).toEqual([
      'upstream.created',
      'upstream.deleted',
      'upstream.updated',
    ]);
  });

  it('are nobody else’s to see or to change', async () => {
    const { body } = await add('guarded');
    const { client } = await people.owner('stranger');
    const answers = await Promise.all([
      client.get(PATH),
      client.get(`${PATH}/${body.id}`),
      client.post(PATH, { name: 'x', base_url: mock.url }),
      client.patch(`${PATH}/${body.id}`, { enabled: false }),
      client.post(`${PATH}/${body.id}/check`, undefined),
      client.delete(`${PATH}/${body.id}`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(403));
  });

  it('are refused with the field that is wrong', async () => {
    await add('taken');
    const wrong: [object, string][] = [
      [{ name: 'no space' }, 'name'],
      [{ name: '.hidden' }, 'name'],
      [{ base_url: 'ftp://x.example' }, 'base_url'],
      [{ base_url: 'https://user:password@x.example/v1' }, 'base_url'],
      [{ base_url: 'https://x.example/v1?key=1' }, 'base_url'],
      [{ api_key: 'two words' }, 'api_key'],
      [{ api_key: 'line\r\nX-Evil: 1' }, 'api_key'],
      [{ models: ['a b'] }, 'models'],
      [{ max_retries: 11 }, 'max_retries'],
      [{ total_seconds: 0 }, 'total_seconds'],
      [{ health: {} }, 'health'],
    ];
    for (const [more, field] of wrong) {
      const { status, body } = await add('wrong', more);
      expect([status, body.error.details.field]).toEqual([400, expect.stringContaining(field)]);
      expect(body.error.message).not.toContain('password@');
    }
    expect((await add('taken')).body.error).toMatchObject({
      code: 'UPSTREAM_EXISTS',
      details: { field: 'name', constraint: 'unique' },
    });
    expect((await admin.patch(`${PATH}/up_00000000000000000000000000`, {})).status).toBe(400);
  });

  it('are added once for one Idempotency-Key', async () => {
    const call = { headers: { 'idempotency-key': 'upstream-1' } };
    const body = { name: 'once', base_url: mock.url, api_key: KEY };
    const [first, second] = [await admin.post(PATH, body, call), await admin.post(PATH, body, call)];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  it('show no key, keep it, and send it to no other place', async () => {
    const { body } = await add('keyed', { api_key: KEY });
    const one = `${PATH}/${body.id}`;
    expect((await admin.patch(one, { priority: 7 })).body.has_api_key).toBe(true);
    const moved = await admin.patch(one, { base_url: 'https://models.example.org/v1' });
    expect([moved.status, moved.body.error.details.field]).toEqual([400, 'api_key']);
    expect(moved.body.error.message).toContain('api_key');
    const checked = await admin.post(`${one}/check`, undefined);
    expect(checked.body).toMatchObject({ status: 'ok', models: ['mock-model'], problem: null });
    expect((await admin.patch(one, { api_key: null })).body.has_api_key).toBe(false);
    const everything = [
      (await admin.get(PATH)).text,
      (await admin.get('/api/v1/audit-logs?page_size=100')).text,
      redoubt.log,
    ].join('');
    expect(everything).not.toContain('quartermaine');
  });

  it('say what is wrong with them when they are asked', async () => {
    const { body } = await add('failing', { api_key: KEY, enabled: false });
    const check = async () => (await admin.post(`${PATH}/${body.id}/check`, undefined)).body;
    mock.modelsPlan = { status: 401, body: { error: { message: `wrong key ${KEY}` } } };
    expect(await check()).toMatchObject({
      ...{ status: 'failed', models: [] },
      problem: { code: 'HTTP_401', message: expect.stringContaining('api_key') },
    });
    mock.modelsPlan = { status: 302, headers: { location: 'http://127.0.0.1:1/' } };
    expect((await check()).problem.code).toBe('HTTP_302');
    mock.modelsPlan = { body: '<html>' };
    expect((await check()).problem.code).toBe('NO_LIST');
    mock.modelsPlan = undefined;
    await admin.patch(`${PATH}/${body.id}`, { base_url: 'http://127.0.0.1:1/v1', api_key: null });
    expect((await check()).problem.code).toBe('ECONNREFUSED');
  });

  it('are known by aliases, which administrators settle as a whole', async () => {
    const aliases = async () => (await admin.get('/api/v1/configs')).body.model_aliases;
    const set = (model_aliases: unknown) => admin.patch('/api/v1/configs', { model_aliases });
    expect(await aliases()).toEqual({ 'gpt-4': 'local-extractive' });
    expect((await set({ fast: 'crud/m', 'gpt-4': 'local-extractive' })).status).toBe(200);
    await set({ fast: 'crud/m' });
    expect(await aliases()).toEqual({ fast: 'crud/m' });
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`a${i}`, 'm']));
    for (const wrong of [{ a: 1 }, { 'a b': 'm' }, { a: '' }, { '': 'm' }, ['m'], 'm', many]) {
      const { status, body } = await set(wrong);
      expect([status, body.error.details.field]).toEqual([400, 'model_aliases']);
    }
    await set(null);
    expect(await aliases()).toEqual({ 'gpt-4': 'local-extractive' });
  });
});
