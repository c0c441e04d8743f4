import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

/** Ten million characters under a deny list whose entries share all their prefixes: many seconds of work. */
const HEAVY = {
  data: 'a'.repeat(10_000_000),
  deny_list: Array.from({ length: 200 }, (_, index) => 'a'.repeat(index + 1)),
};

const FORWARDED = { 'x-forwarded-for': '203.0.113.7' };

describe('a request', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({
      REDOUBT_REQUEST_SECONDS: '1',
      REDOUBT_TRUST_PROXY: '127.0.0.0/8',
    });
    client = new Client(redoubt.url, redoubt.adminKey);
    await client.get('/livez');
  });
  afterAll(() => redoubt.dispose());

  it.each([
    ['/api/v1/detect', 'TIME_LIMIT_EXCEEDED'],
    ['/v1/detect', 'service_unavailable'],
  ])('that takes longer than it may is ended with a 503 by %s', async (path, code) => {
    const { status, body, headers } = await client.post(path, HEAVY);
    expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, code, '1']);
  });

  it('through a proxy that is trusted is entered under its client’s address', async () => {
    await client.post('/v1/detect', { data: 'x' }, { headers: FORWARDED });
    expect((await client.get('/v1/audit-logs?limit=1')).body.logs[0].ip_address).toBe('203.0.113.7');
  });
});

describe('a request without such settings', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  it('cannot choose its own address when no proxy is trusted', async () => {
    await client.post('/v1/detect', { data: 'x' }, { headers: FORWARDED });
    expect((await client.get('/v1/audit-logs?limit=1')).body.logs[0].ip_address).toBe('127.0.0.1');
  });

  it('is given up when its client has gone', async () => {
    const body = { data: HEAVY.data.slice(0, 4_000_000), deny_list: HEAVY.deny_list.slice(0, 20) };
    const rows = async (): Promise<number> =>
      (await client.get('/api/v1/audit-logs?action=text.detected')).body.total;
    const before = await rows();
    const abort = new AbortController();
    const lost = fetch(`${redoubt.url}/api/v1/detect`, {
      method: 'POST',
      signal: abort.signal,
      headers: { authorization: `Bearer ${redoubt.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    setTimeout(() => abort.abort(), 300);
    await expect(lost).rejects.toThrow(/abort/i);
    // The same work again, to its end: the earlier one, were it still going on, would be done by then.
    expect((await client.post('/api/v1/detect', body)).status).toBe(200);
    await client.post('/api/v1/detect', { data: 'x' });
    expect(await rows()).toBe(before + 2);
  });
});
