import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PATH = '/api/v1/projects';
const MISSING = 'proj_00000000000000000000000000';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

describe('projects', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  const make = async (body: object = {}): Promise<Row> =>
    (await client.post(PATH, { name: 'Medical Records Q1', ...body })).body;
  const at = (method: string, path: string, headers: Record<string, string> = {}) =>
    client.send(method, `${PATH}/${path}`, { headers });
  const patch = (id: string, json: object, headers: Record<string, string> = {}) =>
    client.patch(`${PATH}/${id}`, json, { headers });
  const list = async (query: string) => (await client.get(`${PATH}?${query}`)).body;
  const namesOf = ({ data }: { data: Row[] }): string[] => data.map(({ name }) => name);

  it('are made, read, changed by a part of the body, archived, restored and deleted', async () => {
    const created = await client.post(PATH, {
      ...{ name: '  Medical Records Q1 ', description: 'Patient records', retention_days: 365 },
    });
    expect([created.status, created.headers.get('etag')]).toEqual([201, '"1"']);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^proj_[0-9a-z]{26}$/),
      ...{ name: 'Medical Records Q1', description: 'Patient records', status: 'active', protected: false },
      ...{ document_count: 0, environment_count: 0, size_bytes: 0, retention_days: 365, legal_hold: false },
      organization_id: expect.stringMatching(/^org_/),
      created_by: expect.stringMatching(/^user_/),
      version: 1,
      created_at: expect.stringMatching(/Z$/),
      updated_at: created.body.created_at,
      archived_at: null,
    });
    const { id } = created.body;
    expect((await at('GET', id)).body).toEqual(created.body);
    const changed = await patch(id, { name: 'Q2', retention_days: null });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    expect(changed.body).toMatchObject({ name: 'Q2', description: 'Patient records', retention_days: null });
    expect((await patch(id, { description: null })).body).toMatchObject({ name: 'Q2', description: null });
    const archived = await at('POST', `${id}/archive`);
    expect(archived.body).toMatchObject({
      status: 'archived',
      version: 4,
      archived_at: archived.body.updated_at,
    });
    expect((await at('POST', `${id}/archive`)).body).toEqual(archived.body);
    const restored = await at('DELETE', `${id}/archive`);
    expect(restored.body).toMatchObject({ status: 'active', version: 5, archived_at: null });
    expect((await at('DELETE', `${id}/archive`)).body).toEqual(restored.body);
    const deleted = await at('DELETE', id);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    const { body: log } = await client.get(`/api/v1/audit-logs?target_id=${id}`);
    expect(log.data.map(({ action, project_id }: Record<string, string>) => [action, project_id])).toEqual(
      ['deleted', 'restored', 'archived', 'updated', 'updated', 'created'].map((news) => [
        `project.${news}`,
        id,
      ]),
    );
  });

  it('are there from the first start, and nothing of an unprotected one speaks of passwords', async () => {
    const { data } = await list('order=asc&page_size=1');
    expect(data[0]).toMatchObject({ name: 'Default', status: 'active', protected: false });
    const { id } = data[0];
    const body = (await client.send('PUT', `${PATH}/${id}/password`, { json: { password: null } })).body;
    expect([body.notice, body.warnings, body.version]).toEqual([undefined, undefined, data[0].version]);
  });

  it('are listed by what they are, sorted, by page and by cursor', async () => {
    const { total: before } = await list('');
    const names = ['list 100%_c', 'List-a', 'LIST-b'];
    const rows: Row[] = [];
    for (const name of names)
      rows.push(await make({ name, ...(name === 'List-a' && { password: 'a password' }) }));
    await at('POST', `${rows[2]?.id}/archive`);
    expect((await list('')).total).toBe(before + 3);
    expect(namesOf(await list('page_size=3'))).toEqual([...names].reverse());
    expect(namesOf(await list('sort=updated_at&page_size=1'))).toEqual(['LIST-b']);
    expect(namesOf(await list('name=List-a'))).toEqual(['List-a']);
    expect(namesOf(await list('name=list-a'))).toEqual([]);
    expect(namesOf(await list('search=list-&sort=name&order=asc')).sort()).toEqual(['LIST-b', 'List-a']);
    expect(namesOf(await list(`search=${encodeURIComponent('0%_')}`))).toEqual(['list 100%_c']);
    expect(namesOf(await list(`search=${encodeURIComponent('i%t')}`))).toEqual([]);
    expect(namesOf(await list('search=list&protected=true'))).toEqual(['List-a']);
    expect(namesOf(await list('search=list&protected=false&status=archived'))).toEqual(['LIST-b']);
    const today = new Date().toISOString().slice(0, 10);
    expect((await list(`created_after=${today}&created_before=${today}`)).total).toBe(before + 3);
    expect((await list('created_before=2020-01-01')).total).toBe(0);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const next: { data: Row[]; next_cursor: string | null } = await list(
        `sort=name&order=asc&page_size=2${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...next.data.map(({ id }) => id));
      cursor = next.next_cursor;
    }
    expect(new Set(seen).size).toBe(before + 3);
  });

  it.each([
    ['kind=x', 'kind'],
    ['status=deleted', 'status'],
    ['sort=version', 'sort'],
    ['page=0', 'page'],
    ['cursor=x', 'cursor'],
    ['protected=yes', 'protected'],
    ['search=', 'search'],
    ['created_after=yesterday', 'created_after'],
    ['created_after=2026-02-03&created_before=2026-02-01', 'created_before'],
  ])('are not listed by %s', async (query, field) => {
    const { status, body } = await client.get(`${PATH}?${query}`);
    expect([status, body.error.details.field]).toEqual([400, field]);
  });

  it('answer If-None-Match with 304 and If-Match with 412', async () => {
    const { id } = await make();
    const read = (etag: string) => at('GET', id, { 'if-none-match': etag });
    const unchanged = await read('W/"1"');
    expect([unchanged.status, unchanged.text, unchanged.headers.get('etag')]).toEqual([304, '', '"1"']);
    expect([(await read('"2"')).status, (await read('1')).status]).toEqual([200, 400]);
    const stale = { 'if-match': '"7"' };
    const json = { password: 'a password' };
    const attempts = [
      await patch(id, { name: 'x' }, stale),
      await at('POST', `${id}/archive`, stale),
      await at('DELETE', `${id}/archive`, stale),
      await client.send('PUT', `${PATH}/${id}/password`, { json, headers: stale }),
      await at('DELETE', id, stale),
    ];
    expect(attempts.map(({ status, body }) => `${status} ${body.error.code}`)).toEqual(
      attempts.map(() => '412 PRECONDITION_FAILED'),
    );
    expect((await at('GET', id)).body).toMatchObject({ version: 1, status: 'active', protected: false });
    expect((await patch(id, { name: 'x' }, { 'if-match': '"1"' })).body.version).toBe(2);
    expect((await at('DELETE', id, { 'if-match': '"2"' })).status).toBe(204);
  });

  it('lose none of 20 changes sent at once', async () => {
    const { id } = await make();
    const days = Array.from({ length: 20 }, (_, index) => index + 1);
    const answers = await Promise.all(days.map((retention_days) => patch(id, { retention_days })));
    expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual(days.map((day) => day + 1));
  });

  it('are made and changed once however often a request with one Idempotency-Key comes', async () => {
    const once = (key: string) => ({ headers: { 'idempotency-key': key } });
    const create = () => client.post(PATH, { name: 'Once', password: 'a password' }, once('project-1'));
    const [first, again] = [await create(), await create()];
    expect([again.status, again.headers.get('etag'), again.headers.get('idempotent-replayed')]).toEqual([
      201,
      '"1"',
      'true',
    ]);
    expect(again.body).toEqual(first.body);
    expect((await list('name=Once')).total).toBe(1);
    const reused = await client.post(PATH, { name: 'Twice' }, once('project-1'));
    expect([reused.status, reused.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const { id } = first.body;
    const change = { 'idempotency-key': 'project-2', 'if-match': '"1"' };
    for (let trial = 0; trial < 2; trial += 1)
      expect((await patch(id, { name: 'Still once' }, change)).body.version).toBe(2);
    for (let trial = 0; trial < 2; trial += 1)
      expect((await at('DELETE', id, { 'idempotency-key': 'project-3' })).status).toBe(204);
  });

  it('are not deleted under legal hold', async () => {
    const { id } = await make({ legal_hold: true });
    const refused = await at('DELETE', id);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'LEGAL_HOLD']);
    await patch(id, { legal_hold: false });
    expect((await at('DELETE', id)).status).toBe(204);
  });

  it('take their place in API keys with them when they are deleted', async () => {
    const { id } = await make();
    const made = await client.post('/api/v1/api-keys', {
      ...{ name: 'Test', scopes: ['projects:read'], default_project_id: id },
    });
    await at('DELETE', id);
    const { body } = await client.get(`/api/v1/api-keys/${made.body.id}`);
    expect(body).toMatchObject({ status: 'active', default_project_id: null });
    expect((await client.get(PATH, { key: made.body.key })).status).toBe(200);
  });

  it('need projects:read to be read and projects:write to be written', async () => {
    const { id } = await make();
    const keyFor = async (scopes: string[]): Promise<string> =>
      (await client.post('/api/v1/api-keys', { name: 'Test', scopes })).body.key;
    const [reader, writer] = [await keyFor(['projects:read']), await keyFor(['projects:write'])];
    const statuses = async (key: string) => [
      (await client.get(PATH, { key })).status,
      (await client.get(`${PATH}/${id}`, { key })).status,
      (await client.post(PATH, { name: 'x' }, { key })).status,
      (await client.patch(`${PATH}/${id}`, { name: 'x' }, { key })).status,
      (await client.post(`${PATH}/${id}/archive`, undefined, { key })).status,
      (await client.delete(`${PATH}/${id}/archive`, { key })).status,
      (await client.send('PUT', `${PATH}/${id}/password`, { key, json: { password: null } })).status,
      (await client.get(PATH, { key: '' })).status,
    ];
    expect(await statuses(reader)).toEqual([200, 200, 403, 403, 403, 403, 403, 401]);
    expect(await statuses(writer)).toEqual([403, 403, 201, 200, 200, 200, 200, 401]);
    expect((await client.delete(`${PATH}/${id}`, { key: reader })).status).toBe(403);
  });

  it.each<[string, object, string, string]>([
    ['no name', {}, 'name', 'required'],
    ['an empty name', { name: '' }, 'name', 'minLength'],
    ['spaces for a name', { name: ' \n ' }, 'name', 'minLength'],
    ['a long name', { name: 'x'.repeat(101) }, 'name', 'maxLength'],
    ['a name with NUL', { name: 'a\0' }, 'name', 'storable'],
    ['a number for a name', { name: 7 }, 'name', 'type'],
    ['a long description', { name: 'x', description: 'x'.repeat(501) }, 'description', 'maxLength'],
    ['no day', { name: 'x', retention_days: 0 }, 'retention_days', 'minimum'],
    ['half a day', { name: 'x', retention_days: 1.5 }, 'retention_days', 'type'],
    ['more than a century', { name: 'x', retention_days: 36501 }, 'retention_days', 'maximum'],
    ['a hold that is none', { name: 'x', legal_hold: 'yes' }, 'legal_hold', 'type'],
    ['an unknown field', { name: 'x', owner: 'me' }, 'owner', 'unknown'],
  ])('are refused with %s, by name', async (_, body, field, constraint) => {
    const { status, body: answer } = await client.post(PATH, body);
    expect([status, answer.error.code]).toEqual([400, 'VALIDATION_ERROR']);
    expect(answer.error.details).toMatchObject({ field, constraint });
  });

  it('are not changed by a body that says nothing, or something impossible', async () => {
    const { id } = await make();
    for (const body of [{}, { name: null }, { name: ' ' }, { legal_hold: null }, { status: 'archived' }])
      expect([body, (await patch(id, body)).status]).toEqual([body, 400]);
    expect((await at('GET', id)).body.version).toBe(1);
  });

  it('answer 404 alike for ids that are missing and ids that are none', async () => {
    const json = { password: 'a password' };
    const bodies = await Promise.all(
      [MISSING, 'proj_1', 'res_00000000000000000000000000'].map(async (id) => {
        const answers = [
          await at('GET', id),
          await patch(id, { name: 'x' }),
          await at('POST', `${id}/archive`),
          await at('DELETE', `${id}/archive`),
          await client.send('PUT', `${PATH}/${id}/password`, { json }),
          await at('DELETE', id),
        ];
        return answers.map(({ status, body }) => [status, body.error]);
      }),
    );
    for (const body of bodies) expect(body).toEqual(bodies[0]);
    expect(bodies[0]?.map(([status]) => status)).toEqual([404, 404, 404, 404, 404, 404]);
  });
});
