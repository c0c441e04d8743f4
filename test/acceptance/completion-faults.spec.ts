import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.js';
import { type MockRequest, MockUpstream } from '../support/mock-upstream.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const SECRET_NAME = 'John Smith';
const QUESTION = `Who is ${SECRET_NAME}?`;

const tokenIn = ({ body }: MockRequest): string => /PERSON_NAME-\w{16}/.exec(body.toString())?.[0] ?? '';

describe('completions when something fails', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let mock: MockUpstream;
  let second: MockUpstream;

  const addUpstream = async (name: string, mocked: MockUpstream, more: object = {}): Promise<string> => {
    const upstream = { name, base_url: mocked.url, private: false, models: ['m'], max_retries: 1, ...more };
    const { status, body } = await client.post('/api/v1/configs/upstreams', upstream);
    expect(status).toBe(201);
    return body.id;
  };

  beforeAll(async () => {
    [redoubt, mock, second] = await Promise.all([
      RedoubtProcess.start(),
      MockUpstream.start(),
      MockUpstream.start(),
    ]);
    client = new Client(redoubt.url, redoubt.adminKey);
    await addUpstream('first', mock, { first_byte_seconds: 1, idle_seconds: 1, max_retries: 0 });
    await addUpstream('alone', second, { models: ['pair'], priority: 2 });
  });
  afterAll(async () => {
    await redoubt?.dispose();
    await Promise.all([mock?.stop(), second?.stop()]);
  });
  beforeEach(() => {
    mock.reset();
    second.reset();
  });

  const ask = (more: object = {}, key = redoubt.adminKey) =>
    client.post(
      '/v1/chat/completions',
      { model: 'm', messages: [{ role: 'user', content: QUESTION }], ...more },
      { key },
    );
  const receiptOf = async (headers: Headers) =>
    (await client.get(`/api/v1/chat/receipts/${headers.get('x-redoubt-receipt')}`)).body;
  const latestReceipt = async () => (await client.get('/api/v1/chat/receipts?page_size=1')).body.data[0];
  /** The circuit is open for a while after failures in a row: a success in between keeps it closed. */
  const recover = async (): Promise<void> => expect((await ask()).status).toBe(200);

  it.each([
    [
      { status: 400, body: { error: { message: 'temperature is too hot', param: 'temperature' } } },
      400,
      'UPSTREAM_REFUSED',
    ],
    [{ status: 401 }, 503, 'UPSTREAM_UNAVAILABLE'],
    [{ status: 429, headers: { 'retry-after': '7' } }, 429, 'UPSTREAM_RATE_LIMITED'],
    [{ status: 500 }, 503, 'UPSTREAM_UNAVAILABLE'],
    [{ cutAfter: 'now' as const }, 503, 'UPSTREAM_UNAVAILABLE'],
    [{ hangAfter: 'now' as const }, 503, 'UPSTREAM_TIMEOUT'],
    [{ body: 'no JSON' }, 503, 'UPSTREAM_MALFORMED'],
    [{ body: { hello: 'world' } }, 503, 'UPSTREAM_MALFORMED'],
  ])('says so: %j', async (plan, status, code) => {
    mock.next(plan);
    const answer = await ask();
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(answer.text).not.toContain(SECRET_NAME);
    if (status !== 400) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await latestReceipt()).toMatchObject({ status: 'failed', error_code: code, answer: null });
    await recover();
  });

  it.each([
    ['is cut', { content: ['Hello ', 'wor'], cutAfter: 3 }, 'UPSTREAM_CUT'],
    ['ends without its end', { content: ['Hello '], endAfter: 2 }, 'UPSTREAM_CUT'],
    ['stands still', { content: ['Hello ', 'wor'], hangAfter: 2 }, 'UPSTREAM_TIMEOUT'],
    [
      'is malformed',
      { events: [{ choices: [{ index: 0, delta: { content: 'Hello ' } }] }, '{"choices": [tr'] },
      'UPSTREAM_MALFORMED',
    ],
    [
      'is no completion',
      { events: [{ choices: [{ index: 0, delta: { content: 'Hello ' } }] }, '{"x":1}'] },
      'UPSTREAM_MALFORMED',
    ],
    [
      'reports an error',
      { events: [{ choices: [{ index: 0, delta: { content: 'Hello ' } }] }, { error: { message: 'boom' } }] },
      'UPSTREAM_CUT',
    ],
  ])('a stream that %s ends in an error, after what came before', async (_, plan, code) => {
    mock.next(plan);
    const { status, text } = await ask({ stream: true });
    expect(status).toBe(200);
    const events = text
      .trimEnd()
      .split('\n\n')
      .map((event) => JSON.parse(event.slice(6)));
    expect(events.at(-1).error).toMatchObject({ type: 'service_unavailable', code });
    expect(
      events
        .slice(0, -1)
        .map((event) => event.choices[0].delta.content ?? '')
        .join(''),
    ).toContain('Hello ');
    expect(await latestReceipt()).toMatchObject({ status: 'failed', error_code: code });
    await recover();
  });

  it('a token that a cut leaves unfinished comes out as it is, never as somebody', async () => {
    mock.next((request) => ({ content: ['It is ', tokenIn(request).slice(0, -3)], cutAfter: 3 }));
    const { text } = await ask({ stream: true });
    expect(text).toContain(tokenIn(mock.last).slice(0, -3));
    expect(text).not.toContain(SECRET_NAME);
    await recover();
  });

  it('another model server steps in, but never once an answer has begun', async () => {
    const id = await addUpstream('broken', mock, { models: ['pair'], priority: 1 });
    mock.next({ status: 503 });
    second.next({ content: ['from the second'] });
    const { body, headers } = await ask({ model: 'pair' });
    expect(body.choices[0].message.content).toBe('from the second');
    expect(await receiptOf(headers)).toMatchObject({ attempts: 2, upstream: { name: 'alone' } });
    expect(second.last.body).toEqual(mock.last.body);
    mock.next({ content: ['a', 'b'], cutAfter: 2 });
    const { text } = await ask({ model: 'pair', stream: true });
    expect(text).toContain('UPSTREAM_CUT');
    expect(second.requests).toHaveLength(1);
    expect((await client.delete(`/api/v1/configs/upstreams/${id}`)).status).toBe(204);
  });

  it('whoever leaves leaves nothing behind: no request, no slot, and a receipt that says so', async () => {
    const { body: made } = await client.post('/api/v1/api-keys', {
      name: 'two at a time',
      scopes: ['*'],
      plan: 'secureai_enterprise',
      limits: { concurrent: 2 },
    });
    mock.always({ content: ['a', 'b'], hangAfter: 2 });
    const leave = async (): Promise<void> => {
      const controller = new AbortController();
      const response = await fetch(`${redoubt.url}/v1/chat/completions`, {
        method: 'POST',
        signal: controller.signal,
        headers: { authorization: `Bearer ${made.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
      });
      expect(response.status).toBe(200);
      await response.body?.getReader().read();
      controller.abort();
    };
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([leave(), leave()]);
      await mock.until(({ open }) => open === 0, 2_000);
      // The slots come free in the moment the connections are gone.
      await sleep(50);
    }
    expect(mock.aborted).toBe(10);
    mock.always({ content: ['a'] });
    expect((await ask({}, made.key)).status).toBe(200);
    const { total } = (await client.get('/api/v1/chat/receipts?status=cancelled')).body;
    expect(total).toBe(10);
  });

  it('a client that is slow to read holds its model server back, and gets everything', async () => {
    const piece = 'x'.repeat(16_384);
    const pieces = 1_200;
    mock.next({ content: Array.from({ length: pieces }, () => piece) });
    const response = await fetch(`${redoubt.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${redoubt.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
    });
    await sleep(400);
    expect(mock.last.endedAt).toBeUndefined();
    const text = await response.text();
    expect(text.match(/x{16384}/g)).toHaveLength(pieces);
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('completions have half of what their plan lets through in a minute', async () => {
    const { body: made } = await client.post('/api/v1/api-keys', {
      name: 'four a minute',
      scopes: ['*'],
      plan: 'secureai_enterprise',
      limits: { per_minute: 4 },
    });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await ask({}, made.key)).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await client.get('/api/v1/models', { key: made.key })).status).toBe(200);
  });
});
