import { Client } from '../support/client.js';
import { rateHeadersOf } from '../support/rate-headers.js';
import { RedoubtProcess } from '../support/redoubt-process.js';
import { TestRedis } from '../support/test-redis.js';

describe('limits with Redis', () => {
  let redis: TestRedis;
  let redoubt: RedoubtProcess;
  let admin: Client;
  let stopped = false;

  beforeAll(async () => {
    redis = await TestRedis.start();
    redoubt = await RedoubtProcess.start({ REDIS_URL: redis.url });
    admin = new Client(redoubt.url, redoubt.adminKey);
    await admin.get('/livez');
  });
  afterAll(async () => {
    await redoubt.dispose();
    if (!stopped) await redis.stop();
  });

  async function newKey(limits: object): Promise<string> {
    const settings = { name: 'x', scopes: ['*'], plan: 'unlimited', limits };
    return (await admin.post('/api/v1/api-keys', settings)).body.key;
  }

  it.each([
    ['the minute', { per_minute: 13, per_day: 50 }],
    ['the day, kept in the database', { per_minute: 50, per_day: 13 }],
  ])('let exactly as many through as %s allows', async (_, limits) => {
    const key = await newKey({ ...limits, concurrent: 100 });
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => admin.get('/api/v1/entities', { key })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(13);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(27);
    for (const { headers } of answers) rateHeadersOf(headers);
  });

  it('show the windows of both', async () => {
    const key = await newKey({ per_second: 5, burst: 9, per_month: 20, concurrent: 4 });
    const { body } = await admin.get('/api/v1/usage', { key });
    expect(body.windows).toMatchObject([
      { name: 'second', limit: 9, used: 1, remaining: 8 },
      { name: 'month', limit: 20, used: 1, remaining: 19 },
    ]);
    expect(body.concurrent).toEqual({ limit: 4, used: 1 });
  });

  it('let nothing through uncounted once Redis is gone; who is not counted goes on', async () => {
    const key = await newKey({ per_minute: 1_000 });
    expect((await admin.get('/api/v1/entities', { key })).status).toBe(200);
    await redis.stop();
    stopped = true;
    const refused = await admin.get('/api/v1/entities', { key });
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'SERVICE_UNAVAILABLE' } } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(rateHeadersOf(refused.headers)).toMatchObject({ limit: 1_000, remaining: 0 });
    expect((await admin.get('/api/v1/entities', { key: 'sk_live_wrong' })).status).toBe(503);
    expect((await admin.get('/api/v1/entities')).status).toBe(200);
    expect((await admin.get('/livez', { key: '' })).status).toBe(200);
  });
});
