import { Client } from '../support/client.js';
import { rateHeadersOf } from '../support/rate-headers.js';
import { writeThenRead } from '../support/raw-http.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const UNLIMITED = { limit: 1_000_000, remaining: 1_000_000 };

describe('limits', () => {
  let redoubt: RedoubtProcess;
  let admin: Client;
  let addresses = 0;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_TRUST_PROXY: '127.0.0.0/8' });
    admin = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  /** A client address nobody used before. */
  function newAddress() {
    addresses += 1;
    return { 'x-forwarded-for': `203.0.113.${addresses}` };
  }

  async function newKey(settings: object): Promise<string> {
    const { status, body } = await admin.post('/api/v1/api-keys', {
      name: 'limited',
      scopes: ['*'],
      ...settings,
    });
    expect(status).toBe(201);
    return body.key;
  }

  describe('are told with every answer', () => {
    it.each([
      ['200', 'GET', '/api/v1/entities', 200, undefined],
      ['400 for malformed JSON', 'POST', '/api/v1/process', 400, '{"data":'],
      ['404 for an unknown route', 'GET', '/api/v1/nowhere', 404, undefined],
      ['404 for a path that cannot be decoded', 'GET', '/api/v1/api-keys/%zz', 404, undefined],
      ['404 on another surface', 'GET', '/v1/nowhere', 404, undefined],
      ['413', 'POST', '/api/v1/api-keys', 413, `{"name":"${'x'.repeat(1_100_000)}"}`],
      ['an answer of the docs', 'GET', '/docs', 200, undefined],
      ['a contract', 'GET', '/openapi.yaml', 200, undefined],
      ['a probe', 'GET', '/livez', 200, undefined],
    ])('%s', async (_, method, path, status, raw) => {
      const answer = await admin.send(method, path, raw === undefined ? {} : { raw });
      expect(answer.status).toBe(status);
      expect(rateHeadersOf(answer.headers)).toMatchObject(UNLIMITED);
    });

    it('201 and 204', async () => {
      const made = await admin.post('/api/v1/api-keys', { name: 'x', scopes: ['detect'] });
      const gone = await admin.delete(`/api/v1/api-keys/${made.body.id}`);
      expect([made.status, gone.status]).toEqual([201, 204]);
      for (const { headers } of [made, gone]) expect(rateHeadersOf(headers)).toMatchObject(UNLIMITED);
    });

    it('401, 404 and public answers without a credential, counted by address', async () => {
      const headers = newAddress();
      const calls = ['/api/v1/entities', '/v1/audit-logs', '/nowhere', '/api/', '/livez', '/docs'];
      const told = [];
      for (const path of calls) {
        told.push(rateHeadersOf((await admin.get(path, { key: '', headers })).headers).remaining);
      }
      expect(told).toEqual([99, 98, 97, 96, UNLIMITED.remaining, UNLIMITED.remaining]);
    });

    it.each([
      ['400', 'NONSENSE\r\n\r\n', 'MALFORMED_REQUEST'],
      ['431', `GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`, 'HEADERS_TOO_LARGE'],
    ])('%s for what is no request', async (status, bytes, code) => {
      const answer = await writeThenRead(redoubt.url, Buffer.from(bytes));
      expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([Number(status), code]);
      expect(rateHeadersOf(answer.headers)).toMatchObject({ limit: 100 });
      expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
    });
  });

  it('name all windows of the plan, and the one that would refuse first', async () => {
    const key = await newKey({ plan: 'secureai_standard' });
    const { headers } = await admin.get('/api/v1/entities', { key });
    const told = rateHeadersOf(headers);
    expect(told.policy).toBe(
      '"minute";q=60;w=60, "day";q=10000;w=86400, "concurrent";q=10;qu="concurrent-requests"',
    );
    expect(told.state).toMatch(/^"minute";r=59;t=60$/);
    expect(told).toMatchObject({ limit: 60, remaining: 59 });
    expect(told.resetsIn).toBeGreaterThan(55);
    expect(told.resetsIn).toBeLessThan(62);
  });

  it('count errors too, and refuse with a time after which the client really passes', async () => {
    const key = await newKey({ plan: 'secureai_enterprise', limits: { per_second: 1, burst: 4 } });
    const call = { key };
    const statuses = [
      (await admin.send('POST', '/api/v1/process', { ...call, raw: '{' })).status,
      (await admin.get('/api/v1/nowhere', call)).status,
      (await admin.get('/api/v1/api-keys/key_00000000000000000000000000', call)).status,
      (await admin.get('/api/v1/entities', call)).status,
    ];
    expect(statuses).toEqual([400, 404, 404, 200]);
    const refused = await admin.get('/api/v1/entities', call);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(rateHeadersOf(refused.headers)).toMatchObject({ limit: 4, remaining: 0 });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect((await admin.get('/api/v1/entities', call)).status).toBe(200);
  });

  it.each([
    [
      '/api/v1/entities',
      { error: { type: 'rate_limit_exceeded', code: 'RATE_LIMIT_EXCEEDED', retry_after: 60 } },
    ],
    ['/v1/audit-logs', { error: { code: 'rate_limit_exceeded' }, request_id: expect.any(String) }],
    [
      '/api/organizations/',
      {
        error: 'Rate limit exceeded',
        details: expect.stringMatching(/^Rate limit exceeded\. Try again in \d+ seconds\.$/),
        code: 'RATE_LIMIT_EXCEEDED',
        timestamp: expect.any(String),
      },
    ],
    ['/api/projects', { error: { code: 'RATE_LIMIT_EXCEEDED' } }],
    ['/v1/users', { error: { code: 'RATE_LIMIT_EXCEEDED' } }],
  ])('refuse in the shape of the surface: %s', async (path, body) => {
    const key = await newKey({ limits: { per_minute: 1 } });
    await admin.get('/livez', { key });
    await admin.get('/api/v1/entities', { key });
    const refused = await admin.get(path, { key });
    expect(refused).toMatchObject({ status: 429, body });
    expect(JSON.stringify(refused.body)).toMatch(/Rate limit exceeded\. Try again in \d+ seconds\./);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    rateHeadersOf(refused.headers);
  });

  it('stop whoever guesses keys, and nobody else at the address', async () => {
    const headers = newAddress();
    const wrong = { key: `sk_live_${'x'.repeat(38)}`, headers };
    const guesses = await Promise.all(
      Array.from({ length: 130 }, () => admin.get('/api/v1/entities', wrong)),
    );
    const statuses = guesses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(100);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    expect((await admin.get('/nowhere', wrong)).status).toBe(429);
    expect((await admin.get('/docs', { headers })).status).toBe(200);
    expect((await admin.get('/api/v1/entities', { headers })).status).toBe(200);
    expect((await admin.get('/api/v1/nowhere', { headers })).status).toBe(404);
  });

  it('take the 64 first bits of IPv6 for one client', async () => {
    const told = [];
    for (const address of ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1']) {
      const headers = { 'x-forwarded-for': address };
      told.push(rateHeadersOf((await admin.get('/nowhere', { key: '', headers })).headers).remaining);
    }
    expect(told).toEqual([99, 98, 99]);
  });

  it('are shared by all keys of a user under a plan; a key with numbers of its own counts alone', async () => {
    const plan = 'keynest_user';
    const [first, second] = [await newKey({ plan }), await newKey({ plan })];
    const own = await newKey({ plan, limits: { per_minute: 7, per_hour: null, concurrent: 3 } });
    const remaining = async (key: string) =>
      rateHeadersOf((await admin.get('/api/v1/entities', { key })).headers).remaining;
    expect([await remaining(first), await remaining(second), await remaining(own)]).toEqual([49, 48, 6]);
    expect((await admin.get('/api/v1/usage', { key: own })).body).toEqual({
      plan,
      windows: [{ name: 'minute', limit: 7, used: 2, remaining: 5, resets_at: expect.stringMatching(/Z$/) }],
      concurrent: { limit: 3, used: 1 },
      overrides: { per_minute: 7, per_hour: null, concurrent: 3 },
    });
    expect((await admin.get('/api/v1/usage', { key: second })).body).toMatchObject({
      plan,
      windows: [
        { name: 'minute', limit: 50, used: 3 },
        { name: 'hour', limit: 1_000, used: 3 },
      ],
      concurrent: null,
      overrides: null,
    });
    expect((await admin.get('/api/v1/usage')).body).toEqual({
      plan: 'unlimited',
      windows: [],
      concurrent: null,
      overrides: null,
    });
  });
});
