import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const CANARY = 'Zebulon Quixworth 219-09-9999';

/** Sends the headers of a request whose body is never sent: the answer must not wait for it. */
function announce(
  { url, adminKey }: RedoubtProcess,
  path: string,
  length: number,
): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${adminKey}`,
      'content-type': 'application/json',
      'content-length': length,
    };
    const sending = request(url + path, { method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
        sending.destroy();
      });
    });
    sending.on('error', reject);
    sending.flushHeaders();
  });
}

describe('bad input', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_LOG_LEVEL: 'debug' });
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(async () => {
    // Whatever was sent, none of it may stand in the log, nor anywhere on disk, the database's pages included.
    const lines = redoubt.log.split('\n').filter((line) => line.startsWith('{'));
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.join('\n')).not.toMatch(/Zebulon|Quixworth|219-09-9999/);
    expect(lines.join('\n')).not.toContain(redoubt.adminKey);
    await redoubt.stop();
    const files = readdirSync(redoubt.dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(100);
    const leaks = files.filter((entry) =>
      readFileSync(join(entry.parentPath, entry.name)).includes('Quixworth'),
    );
    expect(leaks.map(({ name }) => name)).toEqual([]);
    await redoubt.dispose();
  });

  const surfaces = ['/api/v1', '/v1'];
  const nest = (depth: number, inner: string) => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;

  describe.each(surfaces)('on %s', (base) => {
    it.each([
      ['no JSON', `{"data": ${CANARY}`],
      ['an empty text', ' '],
      ['an array', '[]'],
      ['a string', '"x"'],
      ['null', 'null'],
      ['null data', '{"data":null}'],
      ['a number', '{"data":1}'],
      ['a patterns object', `{"data":"${CANARY}","custom_patterns":{}}`],
      ['a patterns list of strings', `{"data":"${CANARY}","custom_patterns":["a"]}`],
      ['an unknown type', `{"data":"${CANARY}","entities":["UNICORN"]}`],
      ['a field named __proto__', `{"data":"x","__proto__":{"method":"masking"}}`],
      ['a text as threshold', '{"data":"x","confidence_threshold":"0.5"}'],
      ['broken JSON in data', `{"data":"{\\"a\\": ${CANARY}","format":"json"}`],
      ['broken CSV in data', `{"data":"a,b\\n1,\\"${CANARY}","format":"csv"}`],
      ['CSV that is an object', '{"data":{"a":1},"format":"csv"}'],
      ['a depth of 10,000', `{"data":${nest(10_000, `"${CANARY}"`)}}`],
    ])('%s is a 400 that names what is wrong', async (_, raw) => {
      const { status, body, text } = await client.send('POST', `${base}/process`, { raw });
      expect(status).toBe(400);
      expect(body.error.message.length).toBeGreaterThan(10);
      expect(body.error.details).toBeDefined();
      expect(text).not.toContain('Quixworth');
    });

    it('a body in another form is refused by its type', async () => {
      const { status } = await client.send('POST', `${base}/process`, {
        raw: 'data=x',
        headers: { 'content-type': 'text/plain' },
      });
      expect(status).toBe(415);
    });

    it('a body that is not UTF-8 is refused', async () => {
      const raw = Buffer.concat([Buffer.from('{"data":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
      expect((await client.send('POST', `${base}/process`, { raw })).status).toBe(400);
    });

    it('an Idempotency-Key is refused where nothing is stored', async () => {
      const { status, body } = await client.post(
        `${base}/detect`,
        { data: 'x' },
        { headers: { 'idempotency-key': 'a' } },
      );
      expect(status).toBe(400);
      expect(JSON.stringify(body.error.details)).toContain('Idempotency-Key');
    });

    it('one document too many, and two of one name, are refused before any work', async () => {
      const documents = Array.from({ length: 101 }, (_, index) => ({ id: `d${index}`, data: 'x' }));
      expect((await client.post(`${base}/batch`, { documents })).status).toBe(400);
      const twice = [
        { id: 'a', data: 'x' },
        { id: 'a', data: 'y' },
      ];
      expect((await client.post(`${base}/batch`, { documents: twice })).status).toBe(400);
    });
  });

  it('a million tiny documents are refused by their number, fast', async () => {
    const raw = `{"documents":[${Array.from({ length: 1_000_000 }, () => '{"id":"a","data":""}').join(',')}]}`;
    const { status, body } = await client.send('POST', '/api/v1/batch', { raw });
    expect(status).toBe(400);
    expect(body.error.details).toMatchObject({ field: 'documents', constraint: 'maxItems' });
  });

  it.each([
    ['/api/v1/process', 10, 'PAYLOAD_TOO_LARGE'],
    ['/v1/process', 10, 'payload_too_large'],
    ['/api/v1/batch', 100, 'PAYLOAD_TOO_LARGE'],
    ['/api/v1/api-keys', 1, 'PAYLOAD_TOO_LARGE'],
  ])('%s answers 413 in its surface’s shape above %i MiB', async (path, mebibytes, code) => {
    const length = mebibytes * 1024 * 1024 + 1;
    const answer = await announce(redoubt, path, length);
    expect(answer).toMatchObject({ status: 413, body: { error: { code } } });
  });

  it('ten million characters under the limit are processed while others are served', async () => {
    const data = `${'The quick brown fox. '.repeat(470_000)}${CANARY}`;
    const started = performance.now();
    const long = client.post('/api/v1/process', { data });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const waits: number[] = [];
    let over = false;
    void long.finally(() => {
      over = true;
    });
    while (!over) {
      const sent = performance.now();
      expect((await client.get('/livez')).status).toBe(200);
      waits.push(performance.now() - sent);
    }
    const { status, body } = await long;
    expect(status).toBe(200);
    expect(body.processed_data).not.toContain('219-09-9999');
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(waits.length).toBeGreaterThan(2);
  });

  it.each([
    ['lone surrogates', '"a \\ud800 john@example.com \\udfff"'],
    ['NUL', '"\\u0000john@example.com\\u0000"'],
    ['an empty text', '""'],
    ['an empty object', '{}'],
    ['an empty list', '[]'],
    ['keys of all kinds', '{"":"john@example.com","__proto__":"555-123-4567","constructor":{"1":null}}'],
    ['a depth of 900', nest(900, '"john@example.com"')],
  ])('%s is processed', async (_, data) => {
    const { status, text } = await client.send('POST', '/api/v1/process', { raw: `{"data":${data}}` });
    expect(status).toBe(200);
    expect(text).not.toMatch(/"processed_data":.*john@example\.com.*"entities_detected"/);
  });

  it('both values of a duplicate key in JSON text are protected, and the rest stays to the byte', async () => {
    const data = '{ "mail": "john@example.com",\n  "mail": "ada@example.com", "n": 1.50 }';
    const { body } = await client.post('/api/v1/process', { data, format: 'json' });
    expect(body.processed_data).toBe('{ "mail": "[EMAIL]",\n  "mail": "[EMAIL]", "n": 1.50 }');
    expect(body.entities_detected).toHaveLength(2);
  });

  it('patterns that explode elsewhere are matched in time or refused', async () => {
    const data = 'a'.repeat(50_000);
    for (const pattern of ['(a+)+$', '(a|aa)+$', '(.*)*x', '([a-z]+)*\\d', '(x+x+)+y']) {
      const started = performance.now();
      const { status } = await client.post('/api/v1/detect', {
        data,
        custom_patterns: [{ name: 'BOMB', pattern }],
      });
      expect([pattern, [200, 422].includes(status)]).toEqual([pattern, true]);
      expect(performance.now() - started).toBeLessThan(5_000);
    }
    for (const pattern of ['(?=a)', '(?<=a)b', '(a)\\1', '(', 'a{1001}', '[']) {
      const { status, body } = await client.post('/api/v1/detect', {
        data,
        custom_patterns: [{ name: 'BOMB', pattern }],
      });
      expect([pattern, status, body.error.code]).toEqual([pattern, 422, 'PATTERN_REFUSED']);
    }
  });

  it('more findings than an answer can carry are refused, and the server stays', async () => {
    const data = 'ab@cd.com '.repeat(300_000);
    for (const path of ['/api/v1/process', '/api/v1/detect']) {
      const { status, body } = await client.post(path, { data });
      expect([path, status, body.error.details.constraint]).toEqual([path, 400, 'too_many_findings']);
    }
    const { body } = await client.post('/api/v1/batch', {
      documents: [
        { id: 'a', data },
        { id: 'b', data: 'x' },
      ],
    });
    expect(body).toMatchObject({ succeeded: 1, failed: 1 });
  });

  it('a document that cannot be read fails alone', async () => {
    const { status, body } = await client.post('/api/v1/batch', {
      documents: [
        { id: 'good', data: 'john@example.com' },
        { id: 'bad', data: '{', format: 'json' },
      ],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ succeeded: 1, failed: 1 });
    expect(body.results[1]).toMatchObject({
      document_id: 'bad',
      entities_detected: 0,
      error: { code: 'INVALID_DATA' },
    });
  });

  it('an empty body counts as none whatever its type says', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await client.delete('/api/v1/api-keys/key_x', { headers })).status).toBe(404);
    expect((await client.send('POST', '/api/v1/process', { headers })).body.error.details.constraint).toBe(
      'required',
    );
    const odd = await client.delete('/api/v1/api-keys/key_x', {
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(odd.status).toBe(404);
  });

  it('unknown paths, internal paths and wrong methods are plain 404s', async () => {
    const paths = [
      '/nowhere',
      '/_core/process',
      '/_root/livez',
      '/%5fcore/process',
      '/api/v1/_core',
      '/v1/nothing',
      '/api/nothing/',
      '/api/v1/process/x',
    ];
    for (const path of paths) expect([path, (await client.get(path)).status]).toEqual([path, 404]);
    expect((await client.send('PUT', '/api/v1/nothing')).status).toBe(404);
  });

  it.each([
    ['/api/v1/api-keys/%zz', { error: { type: 'not_found', code: 'NOT_FOUND' } }],
    [`/api/v1/api-keys/${'a'.repeat(5_000)}`, { error: { type: 'not_found', code: 'NOT_FOUND' } }],
    ['/docs/%zz', { error: { type: 'not_found', code: 'NOT_FOUND' } }],
  ])('a path that names nothing, %.30s…, is a 404 that shows no internal route', async (path, body) => {
    const answer = await client.get(path);
    expect(answer).toMatchObject({ status: 404, body });
    expect(answer.text).not.toMatch(/_core|_root|FST_/);
  });

  it('is worded as RFC 9457 for those who ask', async () => {
    const answer = await client.post('/v1/process', {}, { headers: { accept: 'application/problem+json' } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({
      status: 400,
      code: 'VALIDATION_ERROR',
      errors: [{ field: 'data', constraint: 'required' }],
    });
  });
});
