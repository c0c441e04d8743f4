import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PATH = '/api/v1/resources';
const SAMPLE = { name: 'my-resource', type: 'processor', config: { timeout: 30 } };
const MISSING = 'res_00000000000000000000000000';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

describe('resources', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  const make = async (body: object = {}): Promise<Row> =>
    (await client.post(PATH, { ...SAMPLE, ...body })).body;
  const put = (id: string, json: object, headers: Record<string, string> = {}) =>
    client.send('PUT', `${PATH}/${id}`, { json, headers });
  const patch = (id: string, json: object, headers: Record<string, string> = {}) =>
    client.send('PATCH', `${PATH}/${id}`, { json, headers });
  const list = async (query: string) => (await client.get(`${PATH}?${query}`)).body;
  const namesOf = ({ data }: { data: Row[] }): string[] => data.map(({ name }) => name);

  it('are made, read, changed by PUT and PATCH with a part of the body, and deleted', async () => {
    const created = await client.post(PATH, SAMPLE);
    expect([created.status, created.headers.get('etag')]).toEqual([201, '"1"']);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^res_[0-9a-z]{26}$/),
      ...SAMPLE,
      status: 'active',
      version: 1,
      created_by: expect.stringMatching(/^user_/),
      created_at: expect.stringMatching(/Z$/),
      updated_at: created.body.created_at,
    });
    const { id } = created.body;
    expect((await client.get(`${PATH}/${id}`)).body).toEqual(created.body);
    const renamed = await put(id, { name: 'updated-resource' });
    expect([renamed.status, renamed.headers.get('etag')]).toEqual([200, '"2"']);
    expect(renamed.body).toMatchObject({ name: 'updated-resource', config: { timeout: 30 }, version: 2 });
    const changed = await patch(id, { config: { method: 'masking' } });
    expect(changed.body).toMatchObject({ config: { timeout: 30, method: 'masking' }, version: 3 });
    expect((await patch(id, { config: { timeout: null } })).body.config).toEqual({ method: 'masking' });
    const deleted = await client.delete(`${PATH}/${id}`);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    for (const path of [id, `${id}/versions`, `${id}/versions/1`])
      expect((await client.get(`${PATH}/${path}`)).status).toBe(404);
    expect((await client.delete(`${PATH}/${id}`)).status).toBe(404);
    expect((await put(id, { name: 'again' })).status).toBe(404);
  });

  it('keep every version, with who made it', async () => {
    const { id } = await make({ name: 'first' });
    await patch(id, { name: 'second', config: { deny_list: ['Nightingale'] } });
    await patch(id, { status: 'archived' });
    const { body } = await client.get(`${PATH}/${id}/versions`);
    expect(body).toMatchObject({ total: 3, page: 1, page_size: 20, next_cursor: null });
    expect(
      body.data.map(({ version, name, status }: Row & { status: string }) => [version, name, status]),
    ).toEqual([
      [3, 'second', 'archived'],
      [2, 'second', 'active'],
      [1, 'first', 'active'],
    ]);
    const second = (await client.get(`${PATH}/${id}/versions/2`)).body;
    expect(second).toEqual(body.data[1]);
    expect(second).toMatchObject({
      resource_id: id,
      config: { timeout: 30, deny_list: ['Nightingale'] },
      created_by: expect.stringMatching(/^user_/),
    });
    for (const version of ['4', '0', '-1', '1.0', 'x', '99999999999'])
      expect((await client.get(`${PATH}/${id}/versions/${version}`)).status).toBe(404);
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = `page_size=1&order=asc${cursor && `&cursor=${cursor}`}`;
      const page = (await client.get(`${PATH}/${id}/versions?${query}`)).body;
      seen.push(...page.data.map(({ version }: Row) => version));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual([1, 2, 3]);
    const { body: log } = await client.get(`/api/v1/audit-logs?target_id=${id}`);
    expect(log.data.map(({ action }: { action: string }) => action)).toEqual([
      'resource.archived',
      'resource.updated',
      'resource.created',
    ]);
  });

  it('are listed by status, type and name, sorted, by page and by cursor', async () => {
    const { total: before } = await list('');
    const names = ['list-c', 'list-a', 'list-b'];
    const rows: Row[] = [];
    for (const name of names) rows.push(await make({ name }));
    await patch(rows[1]?.id ?? '', { status: 'archived' });
    expect((await list('')).total).toBe(before + 3);
    expect(namesOf(await list('page_size=3'))).toEqual([...names].reverse());
    expect(namesOf(await list('sort=updated_at&page_size=1'))).toEqual(['list-a']);
    expect(namesOf(await list('name=list-b'))).toEqual(['list-b']);
    expect(await list('name=list-a&status=active')).toMatchObject({ data: [], total: 0 });
    expect(namesOf(await list('status=archived&type=processor&sort=name&order=asc'))).toContain('list-a');
    const page = await list('status=active&sort=name&order=asc&page=1&page_size=25');
    expect(page).toMatchObject({ page: 1, page_size: 25 });
    expect(namesOf(page)).toEqual([...namesOf(page)].sort());
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const next: { data: Row[]; next_cursor: string | null } = await list(
        `sort=name&order=asc&page_size=2${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...next.data.map(({ id }) => id));
      cursor = next.next_cursor;
      if (cursor !== null) await make({ name: 'aaa: before every cursor' });
    }
    expect(new Set(seen).size).toBe(before + 3);
    for (const query of [
      'kind=processor',
      'type=parser',
      'status=deleted',
      'sort=version',
      'page=0',
      'cursor=x',
    ])
      expect([query, (await client.get(`${PATH}?${query}`)).status]).toEqual([query, 400]);
  });

  it('continue by cursor after the longest of names', async () => {
    const name = '🌍'.repeat(100);
    await make({ name });
    await make({ name });
    const query = `name=${encodeURIComponent(name)}&sort=name&page_size=1`;
    const first = await list(query);
    const second = await list(`${query}&cursor=${first.next_cursor}`);
    expect([first.total, namesOf(first), namesOf(second)]).toEqual([2, [name], [name]]);
    expect(second.next_cursor).toBeNull();
  });

  it('answer If-None-Match with 304 and If-Match with 412', async () => {
    const { id } = await make();
    const read = (etag: string) => client.get(`${PATH}/${id}`, { headers: { 'if-none-match': etag } });
    for (const etag of ['"1"', 'W/"1"', '"7", "1"', '*']) {
      const unchanged = await read(etag);
      expect([unchanged.status, unchanged.text, unchanged.headers.get('etag')]).toEqual([304, '', '"1"']);
    }
    expect((await read('"2"')).status).toBe(200);
    expect((await read('1')).status).toBe(400);
    expect((await put(id, { name: 'two' }, { 'if-match': '"1"' })).status).toBe(200);
    const stale = await patch(id, { name: 'three' }, { 'if-match': '"1"' });
    expect([stale.status, stale.body.error]).toMatchObject([
      412,
      { code: 'PRECONDITION_FAILED', details: { field: 'If-Match', constraint: 'match' } },
    ]);
    const remove = (etag: string) => client.delete(`${PATH}/${id}`, { headers: { 'if-match': etag } });
    expect((await remove('"1"')).status).toBe(412);
    expect((await read('"1"')).body).toMatchObject({ name: 'two', version: 2 });
    expect((await remove('"2"')).status).toBe(204);
  });

  it('lose none of 20 changes sent at once', async () => {
    const { id } = await make();
    const names = Array.from({ length: 20 }, (_, index) => `parallel ${index}`);
    const answers = await Promise.all(names.map((name) => put(id, { name })));
    const versions = answers.map(({ body }) => body.version).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    const { body } = await client.get(`${PATH}/${id}/versions?page_size=100`);
    const kept = body.data.map(({ name }: Row) => name);
    expect(kept.slice(0, 20).sort()).toEqual([...names].sort());
  });

  it('are made and changed once however often a request with one Idempotency-Key comes', async () => {
    const once = { headers: { 'idempotency-key': 'resource-1' } };
    const [first, again] = [await client.post(PATH, SAMPLE, once), await client.post(PATH, SAMPLE, once)];
    expect(again.body).toEqual(first.body);
    expect([again.status, again.headers.get('etag')]).toEqual([201, '"1"']);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const { id } = first.body;
    const change = { 'idempotency-key': 'resource-2', 'if-match': '"1"' };
    expect((await patch(id, { name: 'two' }, change)).body.version).toBe(2);
    const repeated = await patch(id, { name: 'two' }, change);
    expect([repeated.status, repeated.body.version, repeated.headers.get('etag')]).toEqual([200, 2, '"2"']);
    expect((await patch(id, { name: 'other' }, change)).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const erase = { headers: { 'idempotency-key': 'resource-3' } };
    for (let trial = 0; trial < 2; trial += 1)
      expect((await client.delete(`${PATH}/${id}`, erase)).status).toBe(204);
  });

  it('need redaction:read to be read and redaction:write to be written', async () => {
    const { id } = await make();
    const keyFor = async (scopes: string[]): Promise<string> =>
      (await client.post('/api/v1/api-keys', { name: 'Test', scopes })).body.key;
    const [reader, writer] = [await keyFor(['redaction:read']), await keyFor(['redaction:write'])];
    const read = (key: string) => client.get(`${PATH}/${id}`, { key });
    const write = (key: string) => client.send('PATCH', `${PATH}/${id}`, { key, json: { name: 'x' } });
    expect([(await read(reader)).status, (await write(reader)).status]).toEqual([200, 403]);
    expect([(await read(writer)).status, (await write(writer)).status]).toEqual([403, 200]);
  });

  it.each<[string, object, string, string]>([
    ['no name', { type: 'processor' }, 'name', 'required'],
    ['no type', { name: 'x' }, 'type', 'required'],
    ['an empty name', { ...SAMPLE, name: '' }, 'name', 'minLength'],
    ['a long name', { ...SAMPLE, name: 'x'.repeat(101) }, 'name', 'maxLength'],
    ['another type', { ...SAMPLE, type: 'parser' }, 'type', 'enum'],
    ['an unknown field', { ...SAMPLE, owner: 'me' }, 'owner', 'unknown'],
    ['an unknown setting', { ...SAMPLE, config: { retries: 3 } }, 'config.retries', 'unknown'],
    ['a config that is none', { ...SAMPLE, config: 'fast' }, 'config', 'type'],
    ['no time', { ...SAMPLE, config: { timeout: 0 } }, 'config.timeout', 'minimum'],
    ['too much time', { ...SAMPLE, config: { timeout: 3601 } }, 'config.timeout', 'maximum'],
    ['half a second', { ...SAMPLE, config: { timeout: 1.5 } }, 'config.timeout', 'type'],
    ['an unknown entity', { ...SAMPLE, config: { entities: ['NOSE'] } }, 'config.entities[0]', 'enum'],
    [
      'a threshold above 1',
      { ...SAMPLE, config: { thresholds: { EMAIL: 2 } } },
      'config.thresholds',
      'numbers',
    ],
    ['an unknown variable', { ...SAMPLE, config: { template: '{value}' } }, 'config.template', 'variable'],
  ])('are refused with %s, by name', async (_, body, field, constraint) => {
    const { status, body: answer } = await client.post(PATH, body);
    expect([status, answer.error.code]).toEqual([400, 'VALIDATION_ERROR']);
    expect(answer.error.details).toMatchObject({ field, constraint });
  });

  it('are refused with a pattern that cannot be matched in linear time, and changes that break them', async () => {
    const config = { entities: ['TICKET'], custom_patterns: [{ name: 'TICKET', pattern: 'T-[0-9]+' }] };
    const { id } = await make({ config });
    const backtracking = [{ name: 'T', pattern: '(a+)+\\1' }];
    const refused = await patch(id, { config: { custom_patterns: backtracking } });
    expect([refused.status, refused.body.error]).toMatchObject([
      422,
      { code: 'PATTERN_REFUSED', details: { field: 'config.custom_patterns[0].pattern' } },
    ]);
    const orphaned = await patch(id, { config: { custom_patterns: null } });
    expect(orphaned.body.error.details).toMatchObject({ field: 'config.entities[0]', constraint: 'enum' });
    for (const body of [{}, { config: null }, { name: null }])
      expect((await patch(id, body)).status).toBe(400);
    expect((await client.get(`${PATH}/${id}`)).body).toMatchObject({ version: 1, config });
  });

  it('answer 404 alike for ids that are missing and ids that are none', async () => {
    const bodies = await Promise.all(
      [MISSING, 'res_1', 'proj_00000000000000000000000000'].map(async (id) => {
        const answers = [await client.get(`${PATH}/${id}`), await put(id, { name: 'x' })];
        return answers.map(({ status, body }) => [status, body.error]);
      }),
    );
    for (const body of bodies) expect(body).toEqual(bodies[0]);
    expect(bodies[0]?.[0]?.[0]).toBe(404);
  });
});
