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
    admin.post('/api/v1/api-keys', { name: 'Test', scopes: ['detect'], plan: 'unlimited', ...body });
  const change = (id: string, body: object) => admin.patch(`/api/v1/api-keys/${id}`, body);
  const actionsOn = async (id: string): Promise<string[]> => {
    const { body } = await admin.get(`/api/v1/audit-logs?target_id=${id}`);
    return body.data.map(({ action }: { action: string }) => action);
  };

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
    expect(await actionsOn(body.id)).toEqual(['api_key.revoked', 'api_key.created']);
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
    expect((await admin.get('/api/v1/api-keys?colour=red')).body.error.details.allowed.sort()).toEqual(
      ['status', 'mode', 'plan', 'user_id', 'name', 'sort', 'order', 'cursor', 'page', 'page_size'].sort(),
    );
  });

  it.each([
    [{ scopes: [] }, 'scopes', 'minItems'],
    [{ scopes: ['everything'] }, 'scopes', 'enum'],
    [{ name: '' }, 'name', 'minLength'],
    [{ name: 'a\0b' }, 'name', 'storable'],
    [{ name: '\ud800' }, 'name', 'storable'],
    [{ expires_at: '2020-01-01T00:00:00Z' }, 'expires_at', 'future'],
    [{ expires_at: '2027-02-30T00:00:00Z' }, 'expires_at', 'format'],
    [{ plan: 'gold' }, 'plan', 'enum'],
    [{ plan: 'anonymous' }, 'plan', 'enum'],
    [{ limits: { per_minute: 0 } }, 'limits.per_minute', 'minimum'],
    [{ limits: { per_fortnight: 1 } }, 'limits.per_fortnight', 'unknown'],
    [{ limits: 5 }, 'limits', 'type'],
    [{ allowed_networks: ['10.0.0.0/8', '10.0.0.0/33'] }, 'allowed_networks[1]', 'format'],
    [{ allowed_networks: ['localhost'] }, 'allowed_networks[0]', 'format'],
    [{ allowed_networks: Array(51).fill('10.0.0.1') }, 'allowed_networks', 'maxItems'],
    [{ allowed_networks: '10.0.0.1' }, 'allowed_networks', 'type'],
  ])('are not made from %j', async (body, field, constraint) => {
    const answer = await make(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toMatchObject({ field, constraint });
  });

  it('have the default plan, their maker’s project and every network unless said otherwise', async () => {
    const { body } = await admin.post('/api/v1/api-keys', { name: 'Plain', scopes: ['detect'] });
    const [mine] = (await admin.get('/api/v1/api-keys?plan=unlimited&sort=created_at&order=asc')).body.data;
    expect(body).toMatchObject({
      plan: 'secureai_standard',
      limits: null,
      allowed_networks: [],
      status: 'active',
    });
    expect(body).toMatchObject({ previous_expires_at: null, last_used_at: null, revoked_at: null });
    expect(body.default_project_id).toMatch(/^proj_/);
    expect(body.default_project_id).toBe(mine.default_project_id);
    const none = await make({ default_project_id: null });
    expect(none.body.default_project_id).toBeNull();
    expect((await make({ default_project_id: mine.default_project_id })).status).toBe(201);
  });

  it('show what an administrator gave them', async () => {
    const given = {
      plan: 'platform_pro',
      limits: { per_minute: 30, per_hour: null },
      allowed_networks: ['10.0.0.0/8', '2001:db8::/32'],
    };
    const { body } = await make({ ...given, allowed_networks: [...given.allowed_networks, '10.0.0.0/8'] });
    expect(body).toMatchObject(given);
    const { key: _, ...shown } = body;
    expect((await admin.get(`/api/v1/api-keys/${body.id}`)).body).toEqual(shown);
  });

  it('take no project that is missing, and say so as for any missing thing', async () => {
    const id = (await make({})).body.id;
    const bodies = await Promise.all(
      ['proj_01k9zq3v8x6m2n4p5r7s9t0w1y', 'key_01k9zq3v8x6m2n4p5r7s9t0w1y', 'x'].flatMap((project) =>
        [make({ default_project_id: project }), change(id, { default_project_id: project })].map(
          async (sent) => {
            const { status, body } = await sent;
            expect(status).toBe(404);
            return JSON.stringify(body.error);
          },
        ),
      ),
    );
    expect(new Set(bodies).size).toBe(1);
  });

  it('are listed by what they are, in the order asked for', async () => {
    const named = async (query: string) => {
      const { body } = await admin.get(`/api/v1/api-keys?${query}`);
      return body.data.map(({ name }: { name: string }) => name);
    };
    for (const name of ['order c', 'order a', 'order b']) await make({ name, plan: 'sero_standard' });
    expect(await named('plan=sero_standard&sort=name&order=asc')).toEqual(['order a', 'order b', 'order c']);
    expect(await named('plan=sero_standard&sort=name')).toEqual(['order c', 'order b', 'order a']);
    expect(await named('plan=sero_standard')).toEqual(['order b', 'order a', 'order c']);
    expect(await named('plan=sero_standard&order=asc')).toEqual(['order c', 'order a', 'order b']);
    expect(await named('plan=sero_standard&user_id=user_01k9zq3v8x6m2n4p5r7s9t0w1y')).toEqual([]);
    const revoked = (await make({ plan: 'sero_standard', name: 'order d' })).body.id;
    await admin.delete(`/api/v1/api-keys/${revoked}`);
    expect(await named('plan=sero_standard&status=revoked')).toEqual(['order d']);
    expect(await named('plan=sero_standard&status=active')).toHaveLength(3);
    await make({
      plan: 'sero_standard',
      name: 'order e',
      expires_at: new Date(Date.now() + 300).toISOString(),
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await named('plan=sero_standard&status=expired')).toEqual(['order e']);
  });

  it('are walked through by cursor while others are made: none twice, none skipped', async () => {
    for (const sort of ['created_at', 'name', 'last_used_at']) {
      for (const order of ['asc', 'desc']) {
        const before = (await walk(`sort=${sort}&order=${order}&page_size=100`, () => {})).ids;
        const { ids, pages } = await walk(`sort=${sort}&order=${order}&page_size=7`, () =>
          make({ name: `walk ${Math.random()}` }),
        );
        expect(pages).toBeGreaterThan(3);
        expect(new Set(ids).size).toBe(ids.length);
        expect(before.filter((id) => !ids.includes(id))).toEqual([]);
      }
    }
  });

  async function walk(query: string, between: () => unknown): Promise<{ ids: string[]; pages: number }> {
    const ids: string[] = [];
    let cursor: string | null = '';
    let pages = 0;
    while (cursor !== null) {
      const { status, body } = await admin.get(`/api/v1/api-keys?${query}${cursor && `&cursor=${cursor}`}`);
      expect(status).toBe(200);
      ids.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.next_cursor;
      pages += 1;
      // A walk forward in time would never end if it kept being fed.
      if (pages < 6) await Promise.all([between(), between()]);
    }
    return { ids, pages };
  }

  it.each([
    ['cursor=nonsense', 'cursor', 'format'],
    ['cursor=@', 'cursor', 'match', 'sort=name'],
    ['cursor=@&page=2', 'page', 'exclusive'],
    ['sort=hash', 'sort', 'enum'],
    ['order=up', 'order', 'enum'],
    ['status=gone', 'status', 'enum'],
  ])('are not listed for %s', async (query, field, constraint, more = '') => {
    const { body } = await admin.get('/api/v1/api-keys?page_size=1');
    const answer = await admin.get(`/api/v1/api-keys?${query.replace('@', body.next_cursor)}&${more}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toMatchObject({ field, constraint });
  });
});
