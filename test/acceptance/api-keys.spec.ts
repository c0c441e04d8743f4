import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

describe('API keys', () => {
  let redoubt: RedoubtProcess;
  let admin: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    admin = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  const make = (body: object) =>
    admin.post('/api/v1/api-keys', { name: 'Test', scopes: ['detect'], ...body });

  it('are shown once, listed without their secret, and do what their scopes say', async () => {
    const { status, body } = await make({ name: 'Intake', scopes: ['detect', 'detect'] });
    expect(status).toBe(201);
    expect(body.key).toMatch(/^sk_live_[0-9A-Za-z]{38}$/);
    expect(body.scopes).toEqual(['detect']);
    const listed = await admin.get('/api/v1/api-keys');
    expect(listed.text).not.toContain(body.key);
    expect(listed.body.data[0]).toMatchObject({ id: body.id, name: 'Intake', revoked_at: null });
    expect((await admin.post('/api/v1/detect', { data: 'x' }, { key: body.key })).status).toBe(200);
    expect(
      (await admin.post('/api/v1/detect', { data: 'x' }, { key: body.key, scheme: 'Token' })).status,
    ).toBe(200);
    const refused = await admin.post('/api/v1/process', { data: 'x' }, { key: body.key });
    expect(refused.status).toBe(403);
    expect(refused.body.error).toMatchObject({ code: 'PERMISSION_DENIED', type: 'permission_error' });
  });

  it('are refused on the very next request after they were revoked', async () => {
    for (let trial = 0; trial < 30; trial += 1) {
      const { body } = await make({});
      expect((await admin.post('/api/v1/detect', { data: 'x' }, { key: body.key })).status).toBe(200);
      expect((await admin.delete(`/api/v1/api-keys/${body.id}`)).status).toBe(204);
      expect((await admin.post('/api/v1/detect', { data: 'x' }, { key: body.key })).status).toBe(401);
    }
  });

  it('stay in the list when revoked, and revoking again changes nothing', async () => {
    const { body } = await make({});
    await admin.delete(`/api/v1/api-keys/${body.id}`);
    const once = await admin.get(`/api/v1/api-keys/${body.id}`);
    await admin.delete(`/api/v1/api-keys/${body.id}`);
    const twice = await admin.get(`/api/v1/api-keys/${body.id}`);
    expect(once.body.revoked_at).toEqual(expect.any(String));
    expect(twice.body).toEqual(once.body);
    const entries = await admin.get(`/api/v1/audit-logs?target_id=${body.id}`);
    expect(entries.body.data.map(({ action }: { action: string }) => action)).toEqual([
      'api_key.revoked',
      'api_key.created',
    ]);
  });

  it('expire', async () => {
    const { body } = await make({ expires_at: new Date(Date.now() + 700).toISOString() });
    expect((await admin.post('/api/v1/detect', { data: 'x' }, { key: body.key })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 800));
    const late = await admin.post('/api/v1/detect', { data: 'x' }, { key: body.key });
    expect(late.status).toBe(401);
    expect(late.body.error.message).toMatch(/expired/);
  });

  it('cannot make keys that may do more than they', async () => {
    const { body } = await make({ scopes: ['auth:write', 'detect'] });
    const more = (scopes: string[]) =>
      admin.post('/api/v1/api-keys', { name: 'More', scopes }, { key: body.key });
    expect((await more(['detect'])).status).toBe(201);
    for (const scope of ['process', '*']) {
      const refused = await more([scope]);
      expect(refused.status).toBe(403);
      expect(refused.body.error.code).toBe('SCOPE_NOT_HELD');
    }
  });

  it('answer byte for byte alike for an id that never was and one of another kind', async () => {
    const bodies = await Promise.all(
      ['key_01k9zq3v8x6m2n4p5r7s9t0w1y', 'org_01k9zq3v8x6m2n4p5r7s9t0w1y', 'x', '%00', "'--"].map(
        async (id) => {
          const { status, body } = await admin.get(`/api/v1/api-keys/${id}`);
          expect(status).toBe(404);
          return JSON.stringify(body.error);
        },
      ),
    );
    expect(new Set(bodies).size).toBe(1);
  });

  it.each([
    ['a key in the query', '?access_token=', undefined],
    ['a key in the body', '', 'access_token'],
  ])('are never accepted as %s', async (_, query, field) => {
    const path = query ? `/api/v1/detect${query}${redoubt.adminKey}` : '/api/v1/detect';
    const body = { data: 'x', ...(field && { [field]: redoubt.adminKey }) };
    expect((await admin.post(path, body, { key: '' })).status).toBe(401);
  });

  it('page their list and refuse unknown parameters by name', async () => {
    const first = await admin.get('/api/v1/api-keys?page=1&page_size=2');
    const second = await admin.get('/api/v1/api-keys/?page=2&page_size=2');
    expect(first.body).toMatchObject({ page: 1, page_size: 2 });
    const ids = [...first.body.data, ...second.body.data].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(4);
    expect((await admin.get('/api/v1/api-keys?page_size=5000')).body.page_size).toBe(100);
    for (const query of [
      '?colour=red',
      '?page=0',
      '?page=1.5',
      '?page=one',
      '?page=1&page=2',
      '?page_size=-1',
    ]) {
      expect([query, (await admin.get(`/api/v1/api-keys${query}`)).status]).toEqual([query, 400]);
    }
    expect((await admin.get('/api/v1/api-keys?colour=red')).body.error.details.allowed).toEqual([
      'page',
      'page_size',
    ]);
  });

  it.each([
    [{ scopes: [] }, 'scopes', 'minItems'],
    [{ scopes: ['everything'] }, 'scopes', 'enum'],
    [{ name: '' }, 'name', 'minLength'],
    [{ name: 'a\0b' }, 'name', 'storable'],
    [{ name: '\ud800' }, 'name', 'storable'],
    [{ expires_at: '2020-01-01T00:00:00Z' }, 'expires_at', 'future'],
    [{ expires_at: '2027-02-30T00:00:00Z' }, 'expires_at', 'format'],
  ])('are not made from %j', async (body, field, constraint) => {
    const answer = await make(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toMatchObject({ field, constraint });
  });
});
