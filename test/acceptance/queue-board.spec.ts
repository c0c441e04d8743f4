import pg from 'pg';
import { describeInBrowser, launchBrowser } from '../support/browser.js';
import { Client } from '../support/client.js';
import { embeddedUrl } from '../support/database-dump.js';
import { RedoubtProcess } from '../support/redoubt-process.js';
import { queueBackends, TestRedis } from '../support/test-redis.js';

const BOARD = '/admin/queues';

const basic = (key: string, name = 'anyone'): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${name}:${key}`).toString('base64')}`,
});

describe.each(queueBackends('the queue board'))('the queue board over %s', (backend) => {
  let redis: TestRedis | undefined;
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redis = backend === 'Redis' ? await TestRedis.start() : undefined;
    redoubt = await RedoubtProcess.start(redis ? { REDIS_URL: redis.url } : {});
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(async () => {
    await redoubt?.dispose();
    await redis?.stop();
  });

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(redoubt.url + BOARD + path, { method, headers, redirect: 'manual' });

  const withDatabase = async (sql: string): Promise<void> => {
    const database = new pg.Client({ connectionString: embeddedUrl(redoubt.dataDir) });
    await database.connect();
    await database.query(sql).finally(() => database.end());
  };

  const asAdmin = (path: string, method = 'GET'): Promise<Response> =>
    ask(path, basic(redoubt.adminKey), method);

  it.each(['', '/', '/api/queues', '/queue/redoubt-tasks', '/static/images/logo.svg'])(
    'asks for a password before it shows %p',
    async (path) => {
      for (const headers of [{}, basic('sk_live_wrong'), { authorization: 'Basic !!!' }]) {
        const answer = await ask(path, headers);
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
        expect(JSON.parse(await answer.text()).error.code).toBe('UNAUTHENTICATED');
      }
      const opened = await asAdmin(path);
      expect(opened.status).toBe(200);
      expect(opened.headers.get('cache-control')).toBe('no-store');
      expect(opened.headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self';",
      );
      await opened.text();
    },
  );

  it('is for administrators’ keys, and no longer than they are such', async () => {
    const { body } = await client.post('/api/v1/api-keys', { name: 'board', scopes: ['detect'] });
    const statusOf = async (): Promise<number> => (await ask('/api/queues', basic(body.key))).status;
    expect(await statusOf()).toBe(200);
    await withDatabase("UPDATE users SET system_role = 'user'");
    expect(await statusOf()).toBe(403);
    await withDatabase("UPDATE users SET system_role = 'admin'");
    expect(await statusOf()).toBe(200);
    await client.delete(`/api/v1/api-keys/${body.id}`);
    expect(await statusOf()).toBe(401);
  });

  it('takes the password of HTTP Basic nowhere else', async () => {
    const { status } = await fetch(`${redoubt.url}/api/v1/entities`, { headers: basic(redoubt.adminKey) });
    expect(status).toBe(401);
  });

  it('shows the queue, with ids alone', async () => {
    const answer = JSON.parse(await (await asAdmin('/api/queues')).text());
    expect(answer.queues.map(({ name }: { name: string }) => name)).toEqual(['redoubt-tasks']);
    expect(answer.queues[0].readOnlyMode).toBe(true);
    expect((await asAdmin('/api/redis/stats')).status).toBe(403);
  });

  it.each([
    ['PUT', '/api/queues/redoubt-tasks/pause'],
    ['PUT', '/api/queues/redoubt-tasks/empty'],
    ['PUT', '/api/queues/redoubt-tasks/obliterate'],
    ['PUT', '/api/queues/redoubt-tasks/retry/failed'],
    ['POST', '/api/queues/redoubt-tasks/add'],
    ['PUT', '/api/queues/pause'],
  ])('cannot change anything: %s %s does not exist', async (method, path) => {
    expect((await asAdmin(path, method)).status).toBe(404);
    const { queues } = JSON.parse(await (await asAdmin('/api/queues')).text());
    expect(queues[0].isPaused).toBe(false);
  });

  it('serves no file from outside its folder', async () => {
    for (const path of [
      '/static/../../package.json',
      '/static/%2e%2e/%2e%2e/package.json',
      '/static/..%2findex.ejs',
    ])
      expect([400, 401, 403, 404]).toContain((await asAdmin(path)).status);
  });

  describeInBrowser('in a browser', () => {
    it('works under its policy, and turns to nobody else', async () => {
      const browser = await launchBrowser();
      const context = await browser.newContext({
        httpCredentials: { username: 'anyone', password: redoubt.adminKey },
      });
      const page = await context.newPage();
      const faults: string[] = [];
      const hosts = new Set<string>();
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('request', (request) => hosts.add(new URL(request.url()).host));
      await page.goto(`${redoubt.url}${BOARD}/queue/redoubt-tasks`);
      await page.getByText('redoubt-tasks').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(faults).toEqual([]);
      expect([...hosts]).toEqual([new URL(redoubt.url).host]);
      await browser.close();
    });
  });
});
