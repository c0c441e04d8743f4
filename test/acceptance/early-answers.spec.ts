import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.js';
import { rateHeadersOf } from '../support/rate-headers.js';
import { openSocket, writeThenRead } from '../support/raw-http.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const MIB = 2 ** 20;

describe('an answer that comes before the body is read', () => {
  let redoubt: RedoubtProcess;
  let limited: string;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    const admin = new Client(redoubt.url, redoubt.adminKey);
    const settings = {
      name: 'x',
      scopes: ['*'],
      limits: { per_hour: 1, per_minute: null, concurrent: null },
    };
    limited = (await admin.post('/api/v1/api-keys', settings)).body.key;
    await admin.get('/api/v1/usage', { key: limited });
  });
  afterAll(() => redoubt.dispose());

  const head = (key: string, framing: string, path = '/api/v1/api-keys'): Buffer =>
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\n${framing}\r\n\r\n`,
    );
  const declared = (bytes: number): string => `content-length: ${bytes}`;
  const chunk = (size: number): Buffer =>
    Buffer.concat([Buffer.from(`${size.toString(16)}\r\n`), Buffer.alloc(size, 'x'), Buffer.from('\r\n')]);

  it.each([
    ['413', () => redoubt.adminKey, 413],
    ['401', () => 'sk_live_wrong', 401],
    ['429', () => limited, 429],
  ])('is read by a client that first sends its 20 MiB: %s', async (_, key, status) => {
    const body = Buffer.alloc(20 * MIB, 'x');
    const answer = await writeThenRead(
      redoubt.url,
      Buffer.concat([head(key(), declared(body.length)), body]),
    );
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: expect.any(String) } });
    rateHeadersOf(answer.headers);
  });

  it('is read by one that sends in pieces, or asked for the connection to be closed', async () => {
    const pieces = Array.from({ length: 20 }, () => chunk(MIB));
    const chunked = Buffer.concat([
      head(redoubt.adminKey, 'transfer-encoding: chunked'),
      ...pieces,
      Buffer.from('0\r\n\r\n'),
    ]);
    expect(await writeThenRead(redoubt.url, chunked)).toMatchObject({ status: 413 });
    const closing = head('sk_live_wrong', `${declared(20 * MIB)}\r\nconnection: close`);
    const answer = await writeThenRead(redoubt.url, Buffer.concat([closing, Buffer.alloc(20 * MIB)]));
    expect(answer).toMatchObject({ status: 401, closed: true });
  });

  it('leaves the connection usable when the rest of a small body has come', async () => {
    const body = Buffer.from('{"name":"x"}');
    const next = Buffer.from('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n');
    const bytes = Buffer.concat([head('sk_live_wrong', declared(body.length)), body, next]);
    const { status, text } = await writeThenRead(redoubt.url, bytes);
    expect(status).toBe(401);
    expect(text).toMatch(/HTTP\/1\.1 200 OK.*"status":"ok"/s);
  });

  it.each([
    ['by its volume', MIB, 0],
    ['by its time', 1_024, 50],
  ])('cuts off a client that never stops, %s', async (_, size, pauseMs) => {
    const socket = await openSocket(redoubt.url);
    const started = Date.now();
    let answered = '';
    let sent = 0;
    let over = false;
    socket.on('data', (data) => {
      answered += data.toString('utf8');
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      over = true;
    });
    socket.write(head('sk_live_wrong', 'transfer-encoding: chunked'));
    while (!over && Date.now() - started < 20_000) {
      const flushed = socket.write(chunk(size));
      sent += size;
      if (pauseMs > 0) await sleep(pauseMs);
      else if (!flushed)
        await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), sleep(200)]);
      else await sleep(0);
    }
    expect(over).toBe(true);
    expect(answered).toMatch(/^HTTP\/1\.1 401 /);
    if (pauseMs > 0) expect(Date.now() - started).toBeGreaterThan(4_500);
    expect(Date.now() - started).toBeLessThan(8_000);
    expect(sent).toBeLessThan(100 * MIB);
  });
});
