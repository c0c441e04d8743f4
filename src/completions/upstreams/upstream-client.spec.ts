import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { cutEvery } from '../../../test/support/mock-answers.js';
import { type MockPlan, MockUpstream } from '../../../test/support/mock-upstream.js';
import { AppError } from '../../platform/errors/app-error.js';
import { OutageLog } from '../../platform/telemetry/outage-log.js';
import { DEFAULT_UPSTREAM, type StoredUpstream, type Upstream } from './upstream.js';
import {
  attemptsOf,
  type UpstreamAnswer,
  UpstreamClient,
  type UpstreamRequest,
} from './upstream-client.service.js';
import type { UpstreamDirectory } from './upstream-directory.service.js';
import { UpstreamLink } from './upstream-link.js';

const KEY = 'sk-quartermaine-0123456789';
const BODY = Buffer.from(
  '{"model":"m","messages":[{"role":"user","content":"Grüße, Ignatius"}],"stream":true}',
);
const SILENT = new OutageLog({ error: () => {}, info: () => {} } as unknown as Logger, 'a server');

let first: MockUpstream;
let second: MockUpstream;
const links = new Set<UpstreamLink>();

/** A model server at a mock, reached by a link of its own. */
function at(baseUrl: string, settings: Partial<StoredUpstream> = {}): Upstream {
  const now = new Date();
  const row = { ...DEFAULT_UPSTREAM, id: 'up_test', name: 'test', baseUrl, keySealed: null, version: 1 };
  const dates = { createdBy: 'user_test', createdAt: now, updatedAt: now };
  const link = new UpstreamLink({ ...row, ...dates, ...settings }, KEY, SILENT);
  links.add(link);
  return link.upstream;
}

const linkOf = (upstream: Upstream) => [...links].find((link) => link.upstream === upstream);

const client = new UpstreamClient({
  linkOf,
  get activeRequests() {
    return [...links].reduce((sum, { activeRequests }) => sum + activeRequests, 0);
  },
} as unknown as UpstreamDirectory);

const ask = (candidates: Upstream[], more: Partial<UpstreamRequest> = {}): Promise<UpstreamAnswer> =>
  client.send({
    ...{ candidates, body: BODY, stream: true, signal: new AbortController().signal, requestId: 'req_test' },
    ...more,
  });

async function read({ body }: UpstreamAnswer): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const failure = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`no AppError but ${String(error)}`);
};

const codeOf = async (work: Promise<unknown>): Promise<string> => (await failure(work)).code;

/** Where nobody listens. */
const DEAD = 'http://127.0.0.1:1/v1';

beforeAll(async () => {
  first = await MockUpstream.start();
  second = await MockUpstream.start();
});
afterEach(async () => {
  await Promise.all([...links].map((link) => link.destroy()));
  links.clear();
  first.reset();
  second.reset();
});
afterAll(() => Promise.all([first.stop(), second.stop()]));

describe('a request to a model server', () => {
  it('is the exact bytes, with our headers and nobody else’s', async () => {
    await read(await ask([at(first.url)]));
    expect(first.last.body).toEqual(BODY);
    const { host: _, ...headers } = first.last.headers;
    expect(headers).toEqual({
      'user-agent': 'redoubt',
      'accept-encoding': 'identity',
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'x-request-id': 'req_test',
      'content-length': String(BODY.length),
      connection: 'keep-alive',
    });
    await read(await ask([at(first.url)], { stream: false }));
    expect(first.last.headers.accept).toBe('application/json');
  });

  it('brings each answer whole however it is cut', async () => {
    const upstream = at(first.url);
    first.next({ content: ['Grüße'] }, { content: ['Grüße'], split: (bytes) => cutEvery(bytes, 1) });
    const whole = await read(await ask([upstream]));
    const cut = await ask([upstream]);
    expect([cut.status, cut.contentType, cut.attempts]).toEqual([200, 'text/event-stream', 1]);
    expect(await read(cut)).toEqual(whole);
  });

  it('uses connections again', async () => {
    await first.until((mock) => mock.connections === 0);
    const upstream = at(first.url);
    for (let i = 0; i < 10; i++) await read(await ask([upstream]));
    // A connection rests for a turn of the event loop before it is used again.
    expect(first.connections).toBeLessThanOrEqual(2);
  });

  it('does not follow a redirect, nor asks it of another', async () => {
    first.next({ status: 302, headers: { location: `${second.url}/chat/completions` } });
    expect(await codeOf(ask([at(first.url), at(second.url)]))).toBe('UPSTREAM_UNAVAILABLE');
    expect(second.requests).toHaveLength(0);
  });

  it('lets the server wait for a slow reader', async () => {
    const event = 'x'.repeat(100_000);
    first.next({ events: Array.from({ length: 100 }, () => event) });
    const answer = await ask([at(first.url)]);
    await sleep(100);
    const before = process.memoryUsage().arrayBuffers;
    await answer.body.next();
    await sleep(50);
    expect([first.open, process.memoryUsage().arrayBuffers - before < 4_000_000]).toEqual([1, true]);
    expect((await read(answer)).length).toBeGreaterThan(9_900_000);
  });
});

describe('a request that fails before it is answered', () => {
  it.each<[string, MockPlan]>([
    ['a status that may pass', { status: 503 }],
    ['a connection that breaks', { cutAfter: 'now' }],
    ['too many requests', { status: 429, headers: { 'retry-after': '0' } }],
  ])('is tried again after %s: elsewhere first', async (_, plan) => {
    first.next(plan);
    const answer = await ask([at(first.url), at(second.url, { name: 'other' })]);
    await read(answer);
    expect([answer.upstream.name, answer.attempts, first.requests.length]).toEqual(['other', 2, 1]);
    first.next(plan);
    const again = await ask([at(first.url)]);
    await read(again);
    expect([again.attempts, first.requests.length]).toEqual([2, 3]);
  });

  it('goes elsewhere when nobody listens', async () => {
    const answer = await ask([at(DEAD), at(first.url)]);
    await read(answer);
    expect(answer.attempts).toBe(2);
    const error = await failure(ask([at(DEAD)]));
    expect([error.code, attemptsOf(error)]).toEqual(['UPSTREAM_UNAVAILABLE', 3]);
    expect(error.cause).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is tried as often as the model server’s setting says, and no more', async () => {
    first.always({ status: 500 });
    for (const maxRetries of [0, 1, 3]) {
      first.requests.length = 0;
      expect(await codeOf(ask([at(first.url, { maxRetries })]))).toBe('UPSTREAM_UNAVAILABLE');
      expect(first.requests).toHaveLength(maxRetries + 1);
    }
  });

  it('says when to come back to a server that has too much to do', async () => {
    const waits = async (header?: string) => {
      first.always({ status: 429, ...(header && { headers: { 'retry-after': header } }) });
      const error = await failure(ask([at(first.url, { maxRetries: 1 })]));
      return [error.code, error.retryAfterSeconds];
    };
    expect(await waits('30')).toEqual(['UPSTREAM_RATE_LIMITED', 30]);
    expect(first.requests).toHaveLength(1);
    expect(await waits('86400')).toEqual(['UPSTREAM_RATE_LIMITED', 300]);
    expect(await waits()).toEqual(['UPSTREAM_RATE_LIMITED', 5]);
    first.always({ status: 429, headers: { 'retry-after': '30' } });
    second.always({ status: 503 });
    expect(await codeOf(ask([at(first.url), at(second.url)]))).toBe('UPSTREAM_RATE_LIMITED');
  });

  it.each([401, 403, 402, 501])('is not sent again after %i, nor elsewhere', async (status) => {
    first.always({ status, body: { error: { message: `wrong key ${KEY}` } } });
    const error = await failure(ask([at(first.url), at(second.url)]));
    expect([error.code, first.requests.length, second.requests.length]).toEqual([
      'UPSTREAM_UNAVAILABLE',
      1,
      0,
    ]);
    expect(error.message).not.toContain(KEY.slice(0, 12));
    expect(error.cause).toMatchObject({ code: `HTTP_${status}` });
  });
});

describe('a request that is refused', () => {
  const refusal = (body: MockPlan['body'], status = 400) => {
    first.next({ status, ...(body !== undefined && { body }) });
    return failure(ask([at(first.url), at(second.url)]));
  };

  it('says so in the server’s words, and which field', async () => {
    const error = await refusal({ error: { message: 'max_tokens is too large', param: 'max_tokens' } });
    expect(error).toMatchObject({
      code: 'UPSTREAM_REFUSED',
      message: 'The model server does not take this request: max_tokens is too large',
      details: { field: 'max_tokens', constraint: 'upstream' },
    });
    expect([first.requests.length, second.requests.length]).toEqual([1, 0]);
  });

  it.each([
    ['the key', { error: { message: `key ${KEY} is wrong`, param: KEY } }],
    ['a part of the key', { error: { message: `key ${KEY.slice(0, 10)}*** is wrong` } }],
    ['control characters', { error: { message: 'a\u001b[31mb', param: 'a b' } }],
    ['no text', { error: { message: { a: 1 }, param: 3 } }],
    ['no JSON', '<html>502</html>'],
    ['an empty body', ''],
  ])('keeps to our own words when the server’s hold %s', async (_, body) => {
    const error = await refusal(body, 422);
    expect([error.message, error.details]).toEqual([
      'The model server does not take this request.',
      undefined,
    ]);
  });

  it('cuts what is long, and does not wait for what never ends', async () => {
    const error = await refusal({ error: { message: 'é'.repeat(10_000) } });
    expect(error.message).toMatch(/: é{300}$/);
    first.next({ status: 413, body: 'x'.repeat(200_000) });
    expect(await codeOf(ask([at(first.url)]))).toBe('UPSTREAM_REFUSED');
    expect(client.activeRequests).toBe(0);
  });
});

describe('an answer that has begun', () => {
  it('is never asked for again: what breaks off is cut', async () => {
    for (const plan of [
      { cutAfter: 2 },
      { cutAfter: 0 },
      { endAfter: 1, headers: { 'content-length': '5000', connection: 'close' } },
    ]) {
      first.reset();
      first.next(plan);
      const answer = await ask([at(first.url), at(second.url)]);
      expect(await codeOf(read(answer))).toBe('UPSTREAM_CUT');
      expect([first.requests.length, second.requests.length, client.activeRequests]).toEqual([1, 0, 0]);
    }
  });

  it('gives what had come before it broke off', async () => {
    first.next({ content: ['abc', 'def'], cutAfter: 2 });
    const { body } = await ask([at(first.url)]);
    let text = '';
    const reading = (async () => {
      for await (const chunk of body) text += Buffer.from(chunk).toString('utf8');
    })();
    expect(await codeOf(reading)).toBe('UPSTREAM_CUT');
    expect(text).toContain('abc');
  });

  it('is over after its last byte, and for good', async () => {
    const { body } = await ask([at(first.url)]);
    for await (const _ of body);
    expect(await body.next()).toEqual({ done: true, value: undefined });
  });
});

describe('a server that is late', () => {
  it.each<[string, Partial<StoredUpstream>, MockPlan, string]>([
    ['with its first byte', { firstByteSeconds: 0.1 }, { hangAfter: 'now' }, 'FIRST_BYTE_TIMEOUT'],
    ['with its next byte', { idleSeconds: 0.1 }, { hangAfter: 2 }, 'IDLE_TIMEOUT'],
    ['with everything', { totalSeconds: 0.15 }, { gapMs: 60 }, 'TOTAL_TIMEOUT'],
  ])('%s is left', async (_, settings, plan, code) => {
    first.next(plan);
    const error = await failure(ask([at(first.url, settings), at(second.url)]).then(read));
    expect([error.code, error.cause]).toEqual(['UPSTREAM_TIMEOUT', expect.objectContaining({ code })]);
    await first.until((mock) => mock.aborted === 1);
    expect([client.activeRequests, second.requests.length]).toEqual([0, 0]);
  });

  it('is not to blame for the slowness of its reader', async () => {
    first.next({ events: Array.from({ length: 60 }, () => 'x'.repeat(100_000)) });
    const answer = await ask([at(first.url, { idleSeconds: 0.1 })]);
    await answer.body.next();
    await sleep(400);
    expect((await read(answer)).length).toBeGreaterThan(5_000_000);
  });
});

describe('a client that leaves', () => {
  const reason = new Error('the client has gone');

  /** Starts, leaves at that moment, and says what came of it. */
  async function leaving(plan: MockPlan, when: (answer: Promise<UpstreamAnswer>) => Promise<unknown>) {
    first.next(plan);
    const controller = new AbortController();
    const asked = ask([at(first.url)], { signal: controller.signal });
    asked.catch(() => {});
    await when(asked);
    controller.abort(reason);
    const left = await asked.then(read).catch((error: unknown) => error);
    const listeners = getEventListeners(controller.signal, 'abort').length;
    return { left, listeners, active: client.activeRequests };
  }

  const CLEAN = { left: reason, listeners: 0, active: 0 };

  it('before an answer has begun ends the request at once', async () => {
    const left = await leaving({ hangAfter: 'now' }, () => first.until((mock) => mock.open === 1));
    expect(left).toEqual(CLEAN);
    await first.until((mock) => mock.aborted === 1, 1_000);
  });

  it('in the middle of an answer tears it', async () => {
    const left = await leaving({ hangAfter: 2 }, (answer) => answer.then(({ body }) => body.next()));
    expect(left).toEqual(CLEAN);
    await first.until((mock) => mock.aborted === 1, 1_000);
  });

  it('while the server waits for it tears the answer too', async () => {
    const events = Array.from({ length: 100 }, () => 'x'.repeat(100_000));
    const left = await leaving({ events }, (answer) => answer.then(() => sleep(100)));
    expect(left).toEqual(CLEAN);
    await first.until((mock) => mock.aborted === 1, 1_000);
  });

  it('between two tries sends no more', async () => {
    first.always({ status: 503 });
    const left = await leaving({ status: 503 }, () => first.until((mock) => mock.requests.length === 1));
    expect(left).toEqual(CLEAN);
    await sleep(500);
    expect(first.requests.length).toBeLessThan(3);
  });

  it('before it was asked sends nothing', async () => {
    await expect(ask([at(first.url)], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect([first.requests.length, client.activeRequests]).toEqual([0, 0]);
  });

  it('by cancelling has nothing more to read, and counts for nothing against the server', async () => {
    first.next({ hangAfter: 2 });
    const upstream = at(first.url);
    const answer = await ask([upstream]);
    answer.cancel();
    expect([await read(answer), client.activeRequests]).toEqual([Buffer.alloc(0), 0]);
    await first.until((mock) => mock.aborted === 1, 1_000);
    expect(linkOf(upstream)?.circuit.health.consecutiveFailures).toBe(0);
  });

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const upstream = at(first.url);
    await read(await ask([upstream]));
    const before = timers();
    for (let i = 0; i < 20; i++) await read(await ask([upstream]));
    first.next({ hangAfter: 2 });
    (await ask([upstream])).cancel();
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

describe('a server that fails again and again', () => {
  it('is passed over for a while, unless it is the only one', async () => {
    first.always({ status: 503 });
    const [bad, good] = [at(first.url, { maxRetries: 2 }), at(second.url)];
    expect(await codeOf(ask([bad]))).toBe('UPSTREAM_UNAVAILABLE');
    expect(linkOf(bad)?.circuit.health).toMatchObject({ status: 'unhealthy', lastErrorCode: 'HTTP_503' });
    const answer = await ask([bad, good]);
    await read(answer);
    expect([answer.attempts, first.requests.length]).toEqual([1, 3]);
    first.always({});
    expect((await ask([bad])).attempts).toBe(1);
  });

  it('counts answers that break off as failures', async () => {
    first.always({ cutAfter: 1 });
    const upstream = at(first.url);
    for (let i = 0; i < 3; i++) await codeOf(ask([upstream]).then(read));
    expect(linkOf(upstream)?.circuit.isClosed).toBe(false);
  });

  it('is not sent anything once it was changed', async () => {
    const upstream = at(first.url);
    await linkOf(upstream)?.close();
    expect(await codeOf(ask([upstream]))).toBe('UPSTREAM_UNAVAILABLE');
    expect(first.requests).toHaveLength(0);
  });
});
