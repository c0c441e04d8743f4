import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.js';
import { rateHeadersOf } from '../support/rate-headers.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

/** Some seconds of work: ten million characters under a deny list whose entries share all their prefixes. */
const HEAVY = JSON.stringify({
  data: 'a'.repeat(4_000_000),
  deny_list: Array.from({ length: 60 }, (_, index) => 'a'.repeat(index + 1)),
});
/** Each sends 4 MB; `npm run proof:slots` has many more of them. */
const ABORTED = 250;
/** Far less than the minute after which a slot lapses by itself. */
const SETTLE_MS = 10_000;

describe('requests at the same time', () => {
  let redoubt: RedoubtProcess;
  let admin: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    admin = new Client(redoubt.url, redoubt.adminKey);
    await admin.get('/livez');
  });
  afterAll(() => redoubt.dispose());

  async function newKey(concurrent: number): Promise<string> {
    const settings = { name: 'x', scopes: ['*'], plan: 'secureai_enterprise', limits: { concurrent } };
    return (await admin.post('/api/v1/api-keys', settings)).body.key;
  }

  const slotsTaken = async (key: string): Promise<number> =>
    (await admin.get('/api/v1/usage', { key })).body.concurrent?.used - 1;

  function begin(key: string): { readonly answer: Promise<unknown>; abort(): void } {
    const controller = new AbortController();
    const answer = fetch(`${redoubt.url}/api/v1/detect`, {
      method: 'POST',
      signal: controller.signal,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: HEAVY,
    }).catch(() => undefined);
    return { answer, abort: () => controller.abort() };
  }

  it('are as many as the plan allows; one more is told so, and passes once a client has gone', async () => {
    const key = await newKey(2);
    const [first, second] = [begin(key), begin(key)];
    await sleep(300);
    const refused = await admin.get('/api/v1/entities', { key });
    expect(refused).toMatchObject({
      status: 429,
      body: {
        error: {
          code: 'RATE_LIMIT_EXCEEDED',
          message: 'Too many requests at once: the plan allows 2. Try again when one of them has ended.',
          retry_after: 1,
        },
      },
    });
    expect(rateHeadersOf(refused.headers).policy).toBe('"concurrent";q=2;qu="concurrent-requests"');
    first.abort();
    await first.answer;
    await sleep(200);
    expect((await admin.get('/api/v1/entities', { key })).status).toBe(200);
    second.abort();
    await second.answer;
  });

  it('in a row never stand in each other’s way', async () => {
    const key = await newKey(1);
    for (let index = 0; index < 60; index += 1) {
      expect((await admin.get('/api/v1/entities', { key })).status).toBe(200);
    }
  });

  it(`leave no slot behind when ${ABORTED} clients break off, at whatever moment`, async () => {
    const key = await newKey(40);
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < ABORTED) {
        next += 1;
        const { answer, abort } = begin(key);
        await sleep((next % 17) * 4);
        abort();
        await answer;
      }
    };
    await Promise.all(Array.from({ length: 20 }, lane));
    const until = Date.now() + SETTLE_MS;
    while ((await slotsTaken(key)) > 0 && Date.now() < until) await sleep(100);
    expect(await slotsTaken(key)).toBe(0);
  });
});
