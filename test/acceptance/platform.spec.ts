import { type Answer, Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

jest.setTimeout(60_000);

let redoubt: RedoubtProcess;
let client: Client;

beforeAll(async () => {
  redoubt = await RedoubtProcess.start();
  client = new Client(redoubt.url, redoubt.adminKey);
});
afterAll(() => redoubt?.dispose());

const SAMPLE = { name: 'my-resource', type: 'processor', config: { timeout: 30 } };
const MISSING = `res_${'0'.repeat(26)}`;

const create = async (body: object = SAMPLE): Promise<string> =>
  (await client.post('/v1/resources', body)).body.data.id;

/** A key of the administrator's with less than he has; answers its secret. */
const keyWith = async (body: object): Promise<string> =>
  (await client.post('/v1/api-keys', { name: 'Test', scopes: ['*'], plan: 'unlimited', ...body })).body.data
    .key;

const actionsOf = (entries: { action: string }[]): string[] => entries.map(({ action }) => action);

describe("Platform's documented calls on resources", () => {
  it('creating answers 201 in the documented envelope', async () => {
    const { status, body } = await client.post('/v1/resources', SAMPLE);
    expect(status).toBe(201);
    expect(Object.keys(body)).toEqual(['status', 'data', 'meta']);
    expect(body).toMatchObject({ status: 'success', data: { ...SAMPLE, status: 'active' } });
    expect(body.data.id).toMatch(/^res_/);
    expect(body.meta).toEqual({ timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*Z$/) });
    expect((await client.get(`/v1/resources/${body.data.id}`)).body.data).toEqual(body.data);
  });

  it.each(['Bearer', 'Token'] as const)('listing works as in the sample request, with %s', async (scheme) => {
    const id = await create();
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const { status, body } = await client.get('/v1/resources', { scheme, headers });
    expect(status).toBe(200);
    expect(body.data[0].id).toBe(id);
    const active = await client.get('/v1/resources?status=active', { scheme });
    expect(active.body.data[0].id).toBe(id);
    expect((await client.get('/v1/resources/?status=active', { scheme })).body).toEqual(active.body);
  });

  it('PUT takes a part of a resource and leaves the rest', async () => {
    const id = await create();
    const { status, body } = await client.send('PUT', `/v1/resources/${id}`, {
      json: { name: 'updated-resource' },
    });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ ...SAMPLE, id, name: 'updated-resource', version: 2 });
    const patched = await client.patch(`/v1/resources/${id}`, { status: 'archived' });
    expect(patched.body.data).toMatchObject({ name: 'updated-resource', status: 'archived', version: 3 });
  });

  it('deleting answers 204 without a body, and the resource is gone', async () => {
    const id = await create();
    const { status, text } = await client.delete(`/v1/resources/${id}`);
    expect([status, text]).toEqual([204, '']);
    expect((await client.get(`/v1/resources/${id}`)).status).toBe(404);
    expect((await client.delete(`/v1/resources/${id}`)).status).toBe(404);
  });

  it("are the core's resources under the same ids", async () => {
    const id = await create({ ...SAMPLE, name: 'shared' });
    const core = await client.get(`/api/v1/resources/${id}`);
    expect((await client.get(`/v1/resources/${id}`)).body.data).toEqual(core.body);
    const made = await client.post('/api/v1/resources', SAMPLE);
    expect((await client.get(`/v1/resources/${made.body.id}`)).body.data).toEqual(made.body);
  });
});

describe("Platform's errors", () => {
  it('say a missing field in the very words of the sample', async () => {
    const { status, body } = await client.post('/v1/resources', { type: 'processor' });
    expect(status).toBe(400);
    expect(body).toEqual({
      status: 'error',
      error: {
        code: 'INVALID_REQUEST',
        message: 'Invalid parameter: name is required',
        details: { field: 'name', reason: 'required_field_missing' },
      },
    });
  });

  it('name the field of every other fault', async () => {
    const refuse = async (body: object) => (await client.post('/v1/resources', body)).body.error;
    expect(await refuse({ ...SAMPLE, colour: 'red' })).toMatchObject({
      code: 'INVALID_REQUEST',
      details: { field: 'colour', reason: 'unknown_field' },
    });
    expect(await refuse({ ...SAMPLE, config: { timeout: 'soon' } })).toMatchObject({
      details: { field: 'config.timeout', reason: 'invalid_type' },
    });
    expect(await refuse({ ...SAMPLE, type: 'toaster' })).toMatchObject({
      details: { field: 'type', reason: 'value_not_allowed', allowed: ['processor'] },
    });
    expect((await client.post('/v1/resources', undefined)).body.error).toMatchObject({
      message: expect.stringContaining('A JSON body is required'),
      details: { field: 'body', reason: 'required_field_missing' },
    });
  });

  it('have one shape before anything else is known of a request, too', async () => {
    const malformed = await client.send('POST', '/v1/resources', { raw: '{"name":' });
    const { details } = malformed.body.error;
    expect([malformed.status, malformed.body.error.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(details).toEqual({ field: 'body', reason: 'invalid_json' });
    const text = await client.send('POST', '/v1/resources', {
      raw: 'name=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([text.status, text.body.error.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    const huge = await client.send('POST', '/v1/resources', { raw: `"${'x'.repeat(12 * 1024 * 1024)}"` });
    expect([huge.status, huge.body.error.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    for (const { body } of [malformed, text, huge]) expect(Object.keys(body)).toEqual(['status', 'error']);
  });

  it('refuse a missing or wrong key with 401 in the documented shape', async () => {
    for (const key of ['', 'nonsense', `sk_live_${'0'.repeat(38)}`]) {
      const { status, body, headers } = await client.get('/v1/resources', { key });
      expect([status, body.status, body.error.code]).toEqual([401, 'error', 'UNAUTHORIZED']);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  it('refuse what the key may not do with 403', async () => {
    const key = await keyWith({ scopes: ['redaction:read'] });
    expect((await client.get('/v1/resources', { key })).status).toBe(200);
    const { status, body } = await client.post('/v1/resources', SAMPLE, { key });
    expect([status, body]).toEqual([
      403,
      {
        status: 'error',
        error: { code: 'FORBIDDEN', message: 'This credential lacks the scope redaction:write.' },
      },
    ]);
  });

  it('answer what is not there with the same 404, be it path, id or kind of id', async () => {
    const bodies: unknown[] = [];
    for (const path of ['/v1/nothing', '/v1/projects', `/v1/resources/${MISSING}`, '/v1/resources/123']) {
      const { status, body } = await client.get(path);
      expect([path, status]).toEqual([path, 404]);
      bodies.push(body);
    }
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toEqual({
      status: 'error',
      error: { code: 'NOT_FOUND', message: expect.any(String) },
    });
  });

  it('carry a request id and the limits in headers, whatever the status', async () => {
    const key = await keyWith({ plan: 'platform_pro' });
    const answers = [
      await client.get('/v1/resources', { key }),
      await client.get('/v1/nothing', { key }),
      await client.post('/v1/resources', {}, { key }),
    ];
    for (const { headers } of answers) {
      expect(headers.get('x-ratelimit-limit')).toBe('1000');
      expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000);
    }
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['999', '998', '997']);
  });

  it('say when to come back once a limit is reached, in body and header alike', async () => {
    const key = await keyWith({ limits: { per_hour: 2 } });
    for (let call = 0; call < 2; call += 1)
      expect((await client.get('/v1/resources', { key })).status).toBe(200);
    const { status, body, headers } = await client.get('/v1/resources', { key });
    expect(status).toBe(429);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(3_500);
    expect(body).toEqual({
      status: 'error',
      error: {
        code: 'RATE_LIMIT_EXCEEDED',
        message: `Rate limit exceeded. Try again in ${seconds} seconds.`,
        retry_after: seconds,
      },
    });
  });

  it("let the document's error handling print what it means to", async () => {
    /** The Python sample, line by line. */
    const handle = ({ status, body, headers }: Answer): string => {
      if (status === 200) return `${body.data.length} resources`;
      if (status === 401) return 'Invalid API key';
      if (status === 429) return `Rate limited. Retry after ${headers.get('Retry-After')} seconds`;
      return `Error: ${body.error.message}`;
    };
    const limited = await keyWith({ limits: { per_hour: 1 } });
    expect(handle(await client.get('/v1/resources?per_page=1', { key: limited }))).toBe('1 resources');
    expect(handle(await client.get('/v1/resources', { key: limited }))).toMatch(
      /^Rate limited\. Retry after 3[56]\d\d seconds$/,
    );
    expect(handle(await client.get('/v1/resources', { key: 'YOUR_API_KEY' }))).toBe('Invalid API key');
    expect(handle(await client.post('/v1/resources', {}))).toBe('Error: Invalid parameter: name is required');
  });

  it('are problem details for those who ask for them', async () => {
    const headers = { accept: 'application/problem+json' };
    const answer = await client.get('/v1/nothing', { headers });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});

describe("Platform's writes", () => {
  it('happen once under an Idempotency-Key, and a key used for something else is a 400', async () => {
    const headers = { 'idempotency-key': '5f8a1b1e-0000-4000-8000-000000000001' };
    const body = { ...SAMPLE, name: 'only-once' };
    const first = await client.post('/v1/resources', body, { headers });
    const second = await client.post('/v1/resources', body, { headers });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.data).toEqual(first.body.data);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect((await client.get('/v1/resources?name=only-once')).body.meta.total_items).toBe(1);
    const reused = await client.post('/v1/resources', { ...body, name: 'other' }, { headers });
    expect([reused.status, reused.body.error.code]).toEqual([400, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('keep to the version that was read', async () => {
    const made = await client.post('/v1/resources', SAMPLE);
    const path = `/v1/resources/${made.body.data.id}`;
    const etag = made.headers.get('etag') ?? '';
    expect(etag).toBe('"1"');
    const unchanged = await client.get(path, { headers: { 'if-none-match': etag } });
    expect([unchanged.status, unchanged.text]).toEqual([304, '']);
    const put = (name: string, ifMatch: string) =>
      client.send('PUT', path, { json: { name }, headers: { 'if-match': ifMatch } });
    const changed = await put('second', etag);
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    const late = await put('third', etag);
    expect([late.status, late.body.error]).toEqual([
      412,
      expect.objectContaining({
        code: 'PRECONDITION_FAILED',
        details: { field: 'If-Match', reason: 'does_not_match' },
      }),
    ]);
    expect((await client.get(path)).body.data.name).toBe('second');
  });

  it('leave the same audit entries as the core', async () => {
    const id = await create();
    await client.send('PUT', `/v1/resources/${id}`, { json: { name: 'again' } });
    await client.delete(`/v1/resources/${id}`);
    const { body } = await client.get(`/api/v1/audit-logs?target_id=${id}`);
    expect(actionsOf(body.data)).toEqual(['resource.deleted', 'resource.updated', 'resource.created']);
  });
});

describe("Platform's API keys", () => {
  it('are generated, listed without their secret, changed, rotated and revoked', async () => {
    const made = await client.post('/v1/api-keys', { name: 'Intake', scopes: ['redaction:read'] });
    expect([made.status, made.body.status]).toEqual([201, 'success']);
    const { id, key } = made.body.data;
    expect((await client.get('/v1/resources', { key })).status).toBe(200);
    const listed = await client.get('/v1/api-keys?status=active&per_page=1');
    expect(listed.body.data[0]).toMatchObject({ id, name: 'Intake' });
    expect(listed.text).not.toContain(key);
    const renamed = await client.patch(`/v1/api-keys/${id}`, { name: 'Intake 2' });
    expect(renamed.body.data).toMatchObject({ id, name: 'Intake 2' });
    const rotated = await client.post(`/v1/api-keys/${id}/rotate`, undefined);
    expect(rotated.status).toBe(200);
    expect((await client.get('/v1/resources', { key })).status).toBe(401);
    expect((await client.get('/v1/resources', { key: rotated.body.data.key })).status).toBe(200);
    expect((await client.delete(`/v1/api-keys/${id}`)).status).toBe(204);
    expect((await client.get('/v1/resources', { key: rotated.body.data.key })).status).toBe(401);
    expect((await client.get(`/v1/api-keys/${id}`)).body.data.status).toBe('revoked');
    const changed = await client.patch(`/v1/api-keys/${id}`, { name: 'x' });
    expect([changed.status, changed.body.error.code]).toEqual([400, 'KEY_NOT_ACTIVE']);
  });

  it('show their secret once, even when the request is repeated', async () => {
    const headers = { 'idempotency-key': 'make-one-key' };
    const body = { name: 'Once', scopes: ['detect'] };
    const first = await client.post('/v1/api-keys', body, { headers });
    const second = await client.post('/v1/api-keys', body, { headers });
    expect(second.body.data).toMatchObject({ id: first.body.data.id, key_withheld: true });
    expect(second.text).not.toContain(first.body.data.key);
  });
});

describe("Platform's jobs, tasks and logs", () => {
  const BATCH = {
    type: 'batch',
    input: { documents: [{ id: 'doc_1', data: 'John Smith called from 555-123-4567.' }] },
  };

  /** The job once it has ended. */
  async function ended(id: string): Promise<Answer['body']> {
    for (;;) {
      const { body } = await client.get(`/v1/jobs/${id}`);
      if (body.data.finished_at !== null) return body.data;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('run in the background and can be followed to their end', async () => {
    const started = await client.post('/v1/jobs', BATCH);
    expect([started.status, started.body.status]).toEqual([202, 'success']);
    const { id } = started.body.data;
    expect(await ended(id)).toMatchObject({
      type: 'batch',
      status: 'completed',
      progress: { total: 1, completed: 1, failed: 0 },
    });
    const tasks = await client.get(`/v1/tasks?job_id=${id}&status=completed`);
    expect(tasks.body.meta.total_items).toBeGreaterThan(0);
    const [task] = tasks.body.data;
    expect((await client.get(`/v1/tasks/${task.id}`)).body.data).toEqual(task);
    const logs = await client.get(`/v1/logs?job_id=${id}&level=info`);
    expect(logs.body.data.map(({ code }: { code: string }) => code)).toContain('JOB_COMPLETED');
    const jobs = await client.get('/v1/jobs?status=completed&type=batch&per_page=1');
    expect(jobs.body).toMatchObject({ data: [{ id }], meta: { page: 1, per_page: 1 } });
  });

  it('refuse to cancel or retry what has ended well with a 409 of its own code', async () => {
    const { id } = (await client.post('/v1/jobs', BATCH)).body.data;
    await ended(id);
    const cancelled = await client.post(`/v1/jobs/${id}/cancel`, undefined);
    expect([cancelled.status, cancelled.body.error.code]).toEqual([409, 'JOB_ENDED']);
    const retried = await client.post(`/v1/jobs/${id}/retry`, undefined);
    expect([retried.status, retried.body.error.code]).toEqual([409, 'NOTHING_TO_RETRY']);
    const [task] = (await client.get(`/v1/tasks?job_id=${id}`)).body.data;
    for (const action of ['cancel', 'retry'])
      expect((await client.post(`/v1/tasks/${task.id}/${action}`, undefined)).status).toBe(409);
  });

  it('name the types there are when one is unknown', async () => {
    const { status, body } = await client.post('/v1/jobs', { ...BATCH, type: 'magic' });
    expect([status, body.error.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(body.error.details).toMatchObject({
      field: 'type',
      allowed: expect.arrayContaining(['batch']),
    });
  });

  it('are invisible where they are not there, with the same 404', async () => {
    const none = '0'.repeat(26);
    for (const path of [`/v1/jobs/job_${none}`, `/v1/tasks/task_${none}`, '/v1/jobs/123'])
      expect([path, (await client.get(path)).body.error?.code]).toEqual([path, 'NOT_FOUND']);
  });
});

describe("Platform's usage", () => {
  it('shows the plan and what is left of it', async () => {
    const key = await keyWith({ plan: 'platform_enterprise', scopes: ['detect'] });
    const { status, body } = await client.get('/v1/usage', { key });
    expect([status, body.status]).toEqual([200, 'success']);
    expect(body.data).toMatchObject({
      plan: 'platform_enterprise',
      windows: [{ name: 'hour', limit: 10_000, used: 1, remaining: 9_999 }],
    });
    expect((await client.get('/api/v1/usage', { key })).body.windows[0].used).toBe(2);
  });
});
