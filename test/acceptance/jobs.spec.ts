import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

jest.setTimeout(180_000);

const PATIENCE_MS = 120_000;

const letters = (count: number, paragraphs = 1) =>
  Array.from({ length: count }, (_, number) => ({
    id: `doc-${number}`,
    data: `Letter ${number}: John Smith called from 555-123-4567. `.repeat(paragraphs),
  }));

interface StreamEvent {
  readonly name: string;
  readonly data: { status?: string; total?: number; completed?: number; failed?: number };
}

const parseEvents = (text: string): StreamEvent[] =>
  [...text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)].map(([, name = '', data = '']) => ({
    name,
    data: JSON.parse(data),
  }));

describe('jobs', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt?.dispose());

  const start = (count: number, paragraphs = 1, headers = {}) =>
    client.post(
      '/api/v1/jobs',
      { type: 'batch', input: { documents: letters(count, paragraphs) } },
      { headers },
    );

  const started = async (count: number, paragraphs = 1): Promise<string> => {
    const { status, body } = await start(count, paragraphs);
    expect([status, body.status]).toEqual([202, 'queued']);
    return body.id;
  };

  const keyWith = async (scopes: string[]): Promise<string> =>
    (await client.post('/api/v1/api-keys', { name: 'test', scopes })).body.key;

  async function until(id: string, wanted: (job: ReturnType<typeof JSON.parse>) => boolean) {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(50)) {
      const { body } = await client.get(`/api/v1/jobs/${id}`);
      if (wanted(body)) return body;
    }
    throw new Error(`${id} did not become what was wanted`);
  }

  const follow = (id: string, signal?: AbortSignal): Promise<Response> =>
    fetch(`${redoubt.url}/api/v1/jobs/${id}/events`, {
      headers: { authorization: `Bearer ${redoubt.adminKey}` },
      ...(signal && { signal }),
    });

  it('are followed from the first item to the last, and the stream then ends', async () => {
    const id = await started(2_000, 60);
    const response = await follow(id);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('x-request-id')).toMatch(/^req_/);
    const events = parseEvents(await response.text());
    expect(events.length).toBeGreaterThan(1);
    expect(events.slice(0, -1).every(({ name }) => name === 'progress')).toBe(true);
    expect(events.at(-1)).toMatchObject({
      name: 'completed',
      data: { status: 'completed', total: 2_000, completed: 2_000, failed: 0, seconds_left: 0 },
    });
    const counts = events.map(({ data }) => data.completed ?? 0);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    const changes = events.map(({ data }) => `${data.status} ${data.completed} ${data.failed}`);
    expect(new Set(changes).size).toBe(changes.length);
    const job = (await client.get(`/api/v1/jobs/${id}`)).body;
    expect(job.progress.rate).toBeGreaterThan(0);
    expect(parseEvents(await (await follow(id)).text()).map(({ name }) => name)).toEqual(['completed']);
  });

  it('are cancelled while they run, refuse to be cancelled twice, and go on after a retry', async () => {
    const id = await started(3_000, 20);
    await until(id, ({ status }) => status === 'running');
    const stream = follow(id).then((response) => response.text());
    const cancelled = await client.post(`/api/v1/jobs/${id}/cancel`, undefined);
    expect([cancelled.status, cancelled.body.status]).toEqual([200, 'cancelled']);
    expect(parseEvents(await stream).at(-1)?.name).toBe('cancelled');
    const again = await client.post(`/api/v1/jobs/${id}/cancel`, undefined);
    expect([again.status, again.body.error.code]).toEqual([409, 'JOB_ENDED']);
    const tasks = await client.get(`/api/v1/jobs/${id}/tasks?status=cancelled&page_size=1`);
    expect(tasks.body.total).toBeGreaterThan(0);
    const { completed } = cancelled.body.progress;
    await sleep(1_000);
    expect((await client.get(`/api/v1/jobs/${id}`)).body.progress.completed).toBe(completed);
    const [{ id: taskId }] = tasks.body.data;
    expect((await client.post(`/api/v1/tasks/${taskId}/retry`, undefined)).status).toBe(202);
    expect((await client.post(`/api/v1/jobs/${id}/retry`, undefined)).status).toBe(202);
    const job = await until(id, ({ status }) => status === 'completed');
    expect(job.progress).toMatchObject({ total: 3_000, completed: 3_000, failed: 0 });
    const retry = await client.post(`/api/v1/jobs/${id}/retry`, undefined);
    expect([retry.status, retry.body.error.code]).toEqual([409, 'NOTHING_TO_RETRY']);
    const done = await client.post(`/api/v1/tasks/${taskId}/cancel`, undefined);
    expect([done.status, done.body.error.code]).toEqual([409, 'JOB_ENDED']);
  });

  it('are listed, filtered and sorted, with their tasks and logs', async () => {
    const ids = [await started(1), await started(1)];
    for (const id of ids) await until(id, ({ status }) => status === 'completed');
    const newest = await client.get('/api/v1/jobs?type=batch&status=completed&page_size=2');
    expect(newest.body.data.map(({ id }: { id: string }) => id)).toEqual([...ids].reverse());
    const oldest = await client.get('/api/v1/jobs?sort=created_at&order=asc&page_size=1');
    expect(ids).not.toContain(oldest.body.data[0].id);
    expect((await client.get('/api/v1/jobs?type=other')).body.total).toBe(0);
    expect((await client.get('/api/v1/jobs?status=failed')).body.total).toBe(0);
    const next = await client.get(
      `/api/v1/jobs?page_size=1&cursor=${encodeURIComponent(newest.body.next_cursor)}`,
    );
    expect(ids).not.toContain(next.body.data[0].id);
    const tasks = await client.get(`/api/v1/tasks?job_id=${ids[0]}&status=completed`);
    expect(tasks.body.data).toMatchObject([{ job_id: ids[0], items: 1, items_failed: 0, attempts: 1 }]);
    expect((await client.get(`/api/v1/tasks/${tasks.body.data[0].id}`)).body).toEqual(tasks.body.data[0]);
    const logs = await client.get(`/api/v1/jobs/${ids[0]}/logs`);
    expect(logs.body.data.map(({ code }: { code: string }) => code)).toContain('JOB_COMPLETED');
    const today = new Date().toISOString().slice(0, 10);
    const found = await client.get(`/api/v1/logs?job_id=${ids[0]}&level=info&created_after=${today}`);
    expect(found.body.data).toEqual(logs.body.data);
    expect((await client.get(`/api/v1/logs?job_id=${ids[0]}&created_before=2000-01-01`)).body.total).toBe(0);
    expect(JSON.stringify([tasks.body, logs.body])).not.toContain('John Smith');
  });

  it.each([
    ['jobs?status=done', 'status'],
    ['jobs?colour=red', 'colour'],
    ['jobs?sort=name', 'sort'],
    ['tasks?status=broken', 'status'],
    ['logs?level=debug', 'level'],
    ['logs?created_after=yesterday', 'created_after'],
  ])('refuse %s by the name of the parameter', async (path, field) => {
    const { status, body } = await client.get(`/api/v1/${path}`);
    expect([status, body.error.details.field]).toEqual([400, field]);
  });

  it('refuse an unknown type with the list of those there are, and an input that is none', async () => {
    const unknown = await client.post('/api/v1/jobs', { type: 'magic', input: {} });
    expect(unknown.status).toBe(400);
    expect(unknown.body.error.details).toMatchObject({
      field: 'type',
      allowed: expect.arrayContaining(['batch']),
    });
    const empty = await client.post('/api/v1/jobs', { type: 'batch', input: {} });
    expect([empty.status, empty.body.error.details.field]).toEqual([400, 'input.documents']);
    expect((await client.post('/api/v1/jobs', { type: 'batch' })).status).toBe(400);
  });

  it('are made once for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': `job-${Date.now()}` };
    const [first, second] = [await start(1, 1, headers), await start(1, 1, headers)];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  it('answer alike for an id that is none and one that is missing', async () => {
    const paths = ['', '/tasks', '/logs', '/events'].map((tail) => `/api/v1/jobs/ID${tail}`);
    for (const path of [...paths, '/api/v1/tasks/ID']) {
      const prefix = path.includes('/tasks/') ? 'task' : 'job';
      const [malformed, missing] = await Promise.all(
        ['nonsense', `${prefix}_01k9zq3v8x6m2n4p5r7s9t0w21`].map((id) => client.get(path.replace('ID', id))),
      );
      expect([malformed?.status, missing?.status]).toEqual([404, 404]);
      expect(missing?.body.error).toEqual(malformed?.body.error);
    }
    const missing = '/api/v1/jobs/job_01k9zq3v8x6m2n4p5r7s9t0w21';
    expect((await client.post(`${missing}/cancel`, undefined)).status).toBe(404);
    expect((await client.post(`${missing}/retry`, undefined)).status).toBe(404);
  });

  it('need their scopes', async () => {
    const [reader, writer, other] = await Promise.all([
      keyWith(['jobs:read']),
      keyWith(['jobs:write']),
      keyWith(['detect']),
    ]);
    const id = (await client.get('/api/v1/jobs?page_size=1')).body.data[0].id;
    expect((await client.get('/api/v1/jobs', { key: reader })).status).toBe(200);
    expect((await client.post(`/api/v1/jobs/${id}/cancel`, undefined, { key: reader })).status).toBe(403);
    expect((await client.post(`/api/v1/jobs/${id}/retry`, undefined, { key: writer })).status).toBe(409);
    for (const key of [writer, other]) {
      for (const path of [
        'jobs',
        `jobs/${id}`,
        `jobs/${id}/tasks`,
        `jobs/${id}/logs`,
        `jobs/${id}/events`,
        'tasks',
        'logs',
      ])
        expect([path, (await client.get(`/api/v1/${path}`, { key })).status]).toEqual([path, 403]);
    }
  });

  it('leave a trace in the audit log', async () => {
    for (const action of ['job.created', 'job.cancelled', 'job.retried', 'task.retried']) {
      const { body } = await client.get(`/api/v1/audit-logs?action=${action}`);
      expect([action, body.total]).not.toEqual([action, 0]);
      expect(body.data[0].target_id).toMatch(/^(?:job|task)_/);
    }
  });

  it('are let go by a client that leaves, and say so when the server stops', async () => {
    const id = await started(2_500, 30);
    await until(id, ({ status }) => status === 'running');
    const leaving = new AbortController();
    const left = await follow(id, leaving.signal);
    await left.body?.getReader().read();
    leaving.abort();
    const stream = await follow(id);
    const text = stream.text();
    await sleep(500);
    const { code } = await redoubt.stop();
    expect(code).toBe(0);
    expect(parseEvents(await text).at(-1)?.name).toBe('shutdown');
    redoubt = await RedoubtProcess.start({}, redoubt.dataDir);
    client = new Client(redoubt.url, redoubt.adminKey);
    const job = await until(id, ({ status }) => status === 'completed');
    expect(job.progress).toMatchObject({ total: 2_500, completed: 2_500, failed: 0 });
  });
});
