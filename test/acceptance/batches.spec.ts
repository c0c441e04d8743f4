import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

jest.setTimeout(180_000);

const PATIENCE_MS = 120_000;

interface Document {
  readonly id: string;
  readonly data: unknown;
  readonly format?: string;
}

const letter = (number: number): Document => ({
  id: `doc-${number}`,
  data: `Letter ${number}: write to person${number}@example.com.`,
});

const letters = (count: number): Document[] => Array.from({ length: count }, (_, number) => letter(number));

describe('a batch in the background', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt?.dispose());

  const send = (documents: readonly Document[], more: object = {}, headers = {}): Promise<Answer> =>
    client.post('/api/v1/batch', { documents, async: true, ...more }, { headers });

  async function accepted(documents: readonly Document[], more: object = {}) {
    const { status, body } = await send(documents, more);
    expect([status, body]).toEqual([202, expect.objectContaining({ type: 'batch', status: 'queued' })]);
    return body as { id: string; batch_id: string };
  }

  async function ended(jobId: string) {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(50)) {
      const { body } = await client.get(`/api/v1/jobs/${jobId}`);
      if (!['queued', 'running'].includes(body.status)) return body;
    }
    throw new Error(`${jobId} does not end`);
  }

  /** Every result, by cursor. */
  async function resultsOf(batchId: string, pageSize = 100) {
    const results: { document_id: string; processed_data?: unknown; error?: { code: string } }[] = [];
    for (let cursor = ''; ; ) {
      const path = `/api/v1/batches/${batchId}/results?page_size=${pageSize}${cursor}`;
      const { status, body } = await client.get(path);
      expect(status).toBe(200);
      results.push(...body.data);
      if (body.next_cursor === null) return results;
      cursor = `&cursor=${encodeURIComponent(body.next_cursor)}`;
    }
  }

  /** A key of another user: an organization has one user so far, so another kind of key. */
  const keyWith = async (scopes: string[]): Promise<string> =>
    (await client.post('/api/v1/api-keys', { name: 'test', scopes })).body.key;

  it('answers at once and processes 10,000 documents, each once, in order', async () => {
    const documents = letters(10_000);
    const { id, batch_id } = await accepted(documents);
    const job = await ended(id);
    expect(job).toMatchObject({
      status: 'completed',
      reference: { batch_id },
      progress: { total: 10_000, completed: 10_000, failed: 0 },
    });
    const results = await resultsOf(batch_id);
    expect(results.map(({ document_id }) => document_id)).toEqual(documents.map((document) => document.id));
    expect(results.every((one, number) => one.processed_data === `Letter ${number}: write to [EMAIL].`)).toBe(
      true,
    );
    const { body } = await client.get(`/api/v1/batches/${batch_id}`);
    expect(body).toMatchObject({
      id: batch_id,
      job_id: id,
      status: 'completed',
      progress: { total: 10_000, completed: 10_000, failed: 0 },
    });
    expect(Date.parse(body.expires_at) - Date.parse(body.finished_at)).toBe(24 * 3_600_000);
  });

  it('gives a document that cannot be read an error of its own', async () => {
    const documents: Document[] = [
      letter(0),
      { id: 'broken', data: '{"name": ', format: 'json' },
      { id: 'record', data: { email: 'maria@example.com', items: [1, 'two'] } },
      { id: 'table', data: 'name,email\nMaria,maria@example.com\n', format: 'csv' },
    ];
    // Deeper than JSON.stringify can go, here and there.
    const deep = `{"id":"deep","data":${'['.repeat(50_000)}1${']'.repeat(50_000)}}`;
    const body = (more: string) => ({
      raw: `{"documents":[${deep},${JSON.stringify(documents).slice(1)}${more}}`,
    });
    const { id, batch_id } = (await client.send('POST', '/api/v1/batch', body(',"async":true'))).body;
    expect(await ended(id)).toMatchObject({
      status: 'completed',
      progress: { total: 5, completed: 3, failed: 2 },
    });
    const inline = await client.send('POST', '/api/v1/batch', body(''));
    expect(await resultsOf(batch_id, 2)).toEqual(inline.body.results);
    const codes = inline.body.results.map((one: { error?: { code: string } }) => one.error?.code);
    expect(codes).toEqual(['INVALID_DATA', undefined, 'INVALID_DATA', undefined, undefined]);
  });

  it('fails when every document failed', async () => {
    const { id, batch_id } = await accepted([{ id: 'broken', data: '{', format: 'json' }]);
    expect(await ended(id)).toMatchObject({ status: 'failed', progress: { completed: 0, failed: 1 } });
    expect((await resultsOf(batch_id)).map(({ error }) => error?.code)).toEqual(['INVALID_DATA']);
  });

  it('makes tokens that are those of an inline batch, and that come back', async () => {
    const documents = letters(3);
    const inline = await client.post('/api/v1/batch', { documents, method: 'tokenization' });
    const { id, batch_id } = await accepted(documents, { method: 'tokenization' });
    await ended(id);
    const results = await resultsOf(batch_id);
    expect(results).toEqual(inline.body.results);
    const { body } = await client.post('/api/v1/detokenize', { data: results[2]?.processed_data });
    expect(body.data).toBe(letter(2).data);
  });

  it('goes by a policy as it was when the batch was accepted', async () => {
    const config = { template: '<{type}>' };
    const policy = await client.post('/api/v1/resources', { name: 'Angles', type: 'processor', config });
    const { id, batch_id } = await accepted(letters(2), { processor_id: policy.body.id });
    await ended(id);
    expect((await resultsOf(batch_id))[1]?.processed_data).toBe('Letter 1: write to <EMAIL>.');
  });

  it('keeps the order, chunk after chunk, when it may not work in parallel', async () => {
    const { id, batch_id } = await accepted(letters(120), { parallel: false });
    await ended(id);
    const { body } = await client.get(`/api/v1/jobs/${id}/tasks?order=asc`);
    const times: { started_at: string; finished_at: string }[] = body.data;
    expect(times).toHaveLength(3);
    times.slice(1).forEach(({ started_at }, before) => {
      expect(Date.parse(started_at)).toBeGreaterThanOrEqual(Date.parse(times[before]?.finished_at ?? ''));
    });
    expect(await resultsOf(batch_id)).toHaveLength(120);
  });

  describe('bad input', () => {
    const jobs = async (): Promise<number> => (await client.get('/api/v1/jobs?page_size=1')).body.total;

    it.each<[string, readonly Document[], object, number, string | undefined]>([
      ['two documents of one id', [letter(1), letter(2), letter(1)], {}, 400, 'documents[2].id'],
      ['an unknown type', letters(1), { entities: ['NOSE'] }, 400, 'entities[0]'],
      ['options of another method', letters(1), { privacy: { k: 2 } }, 400, 'privacy.k'],
      [
        'a costly pattern',
        letters(1),
        { custom_patterns: [{ name: 'X', pattern: '(a)\\1' }] },
        422,
        'custom_patterns[0].pattern',
      ],
      [
        'a policy that is not there',
        letters(1),
        { processor_id: 'res_01k9zq3v8x6m2n4p5r7s9t0w1z' },
        404,
        'processor_id',
      ],
      [
        'a project that is not there',
        letters(1),
        { project_id: 'proj_01k9zq3v8x6m2n4p5r7s9t0w1z' },
        404,
        'project_id',
      ],
      ['no document', [], {}, 400, 'documents'],
      ['more than 10,000 documents', letters(10_001), {}, 400, 'documents'],
      [
        'a late document without data',
        [...letters(900), { id: 'x' } as Document],
        {},
        400,
        'documents[900].data',
      ],
      [
        'a late document with a stray field',
        [...letters(900), { ...letter(900), name: 1 } as Document],
        {},
        400,
        'documents[900].name',
      ],
    ])('%s is refused before anything is stored, like inline', async (_, documents, more, status, field) => {
      const before = await jobs();
      const background = await send(documents, more);
      expect([background.status, background.body.error.details.field]).toEqual([status, field]);
      if (documents.length <= 100) {
        const inline = await client.post('/api/v1/batch', { documents, ...more });
        expect([inline.status, inline.body.error]).toEqual([status, background.body.error]);
      }
      expect(await jobs()).toBe(before);
    });

    it('more than 100 documents inline are told of async', async () => {
      const { status, body } = await client.post('/api/v1/batch', { documents: letters(101) });
      expect([status, body.error.details]).toEqual([400, { field: 'documents', constraint: 'maxItems' }]);
      expect(body.error.message).toContain("'async'");
    });
  });

  describe('an Idempotency-Key', () => {
    it('makes one batch of many requests, one answer, and refuses other documents', async () => {
      const headers = { 'idempotency-key': 'batch-key-1' };
      const first = await send(letters(60), {}, headers);
      const again = await Promise.all(Array.from({ length: 5 }, () => send(letters(60), {}, headers)));
      expect(first.status).toBe(202);
      for (const { status, body, headers: answered } of again) {
        if (status === 409) continue;
        expect([status, body]).toEqual([202, first.body]);
        expect(answered.get('idempotent-replayed')).toBe('true');
      }
      const other = await send(letters(61), {}, headers);
      expect([other.status, other.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      await ended(first.body.id);
    });

    it('is refused where the answer is given at once', async () => {
      const headers = { 'idempotency-key': 'batch-key-2' };
      const { status, body } = await client.post('/api/v1/batch', { documents: letters(1) }, { headers });
      expect([status, body.error.details.constraint]).toEqual([400, 'unsupported']);
    });
  });

  it('can be cancelled, keeps what was done, and goes on when it is repeated', async () => {
    const { id, batch_id } = await accepted(letters(5_000));
    const cancelled = await client.post(`/api/v1/jobs/${id}/cancel`, undefined);
    expect(cancelled.body.status).toBe('cancelled');
    const { body } = await client.get(`/api/v1/batches/${batch_id}`);
    expect([body.status, (await resultsOf(batch_id)).length]).toEqual(['cancelled', body.progress.completed]);
    expect((await client.post(`/api/v1/jobs/${id}/retry`, undefined)).status).toBe(202);
    expect(await ended(id)).toMatchObject({
      status: 'completed',
      progress: { total: 5_000, completed: 5_000 },
    });
    expect((await resultsOf(batch_id)).map(({ document_id }) => document_id)).toEqual(
      letters(5_000).map((document) => document.id),
    );
  });

  it('can be erased while it runs: afterwards there is nothing, and nothing comes back', async () => {
    const { id, batch_id } = await accepted(letters(5_000));
    expect((await client.delete(`/api/v1/batches/${batch_id}`)).status).toBe(204);
    const missing = await client.get('/api/v1/batches/batch_01k9zq3v8x6m2n4p5r7s9t0w1z');
    for (const path of ['', '/results']) {
      const { status, body } = await client.get(`/api/v1/batches/${batch_id}${path}`);
      expect([status, body.error]).toEqual([404, missing.body.error]);
    }
    expect((await client.delete(`/api/v1/batches/${batch_id}`)).status).toBe(404);
    expect((await ended(id)).status).toBe('cancelled');
    const { body } = await client.get(`/api/v1/audit-logs?target_id=${batch_id}&sort=created_at&order=asc`);
    expect(body.data.map(({ action }: { action: string }) => action)).toEqual([
      'batch.accepted',
      'batch.processed',
      'batch.deleted',
    ]);
  });

  it('is entered in the audit log when it is accepted and when it ends, each once', async () => {
    const { id, batch_id } = await accepted([...letters(3), { id: 'broken', data: '{', format: 'json' }]);
    await ended(id);
    const { body } = await client.get(`/api/v1/audit-logs?target_id=${batch_id}`);
    expect(body.data).toEqual([
      expect.objectContaining({
        action: 'batch.processed',
        counts: { documents: 4, completed: 3, failed: 1, entities: 3, EMAIL: 3 },
        method_used: 'auto',
        ip_address: '127.0.0.1',
      }),
      expect.objectContaining({ action: 'batch.accepted', counts: { documents: 4 } }),
    ]);
    expect(body.data[0].request_id).toBe(body.data[1].request_id);
  });

  it('tells its progress as it happens', async () => {
    const { id } = await accepted(letters(1_000));
    const response = await fetch(`${redoubt.url}/api/v1/jobs/${id}/events`, {
      headers: { authorization: `Bearer ${redoubt.adminKey}` },
    });
    const events = (await response.text()).split('\n\n').filter((text) => text.startsWith('event:'));
    expect(events.at(-1)).toMatch(/^event: completed\n/);
    expect(events.at(-1)).toContain('"completed":1000');
  });

  it('can be a job of type batch, with the same checks', async () => {
    const job = (input: unknown, more = {}) => client.post('/api/v1/jobs', { type: 'batch', input, ...more });
    const made = await job({ documents: letters(2), method: 'masking' });
    expect([made.status, made.body.type]).toEqual([202, 'batch']);
    await ended(made.body.id);
    const results = await resultsOf(made.body.reference.batch_id);
    expect(results.map(({ document_id }) => document_id)).toEqual(['doc-0', 'doc-1']);
    const twice = await job({ documents: [letter(1), letter(1)] });
    expect([twice.status, twice.body.error.details.field]).toEqual([400, 'input.documents[1].id']);
    const late = await job({ documents: [...letters(900), { id: 7, data: '' }] });
    expect([late.status, late.body.error.details.field]).toEqual([400, 'input.documents[900].id']);
    const none = await job({});
    expect([none.status, none.body.error.details.field]).toEqual([400, 'input.documents']);
    const jobsOnly = await keyWith(['jobs:write']);
    const refused = await client.post(
      '/api/v1/jobs',
      { type: 'batch', input: { documents: letters(1) } },
      { key: jobsOnly },
    );
    expect(refused.status).toBe(403);
  });

  it('needs its scope', async () => {
    const key = await keyWith(['process', 'jobs:read']);
    const { body } = await send(letters(1));
    const path = `/api/v1/batches/${body.batch_id}`;
    const calls = [
      client.post('/api/v1/batch', { documents: letters(1), async: true }, { key }),
      client.get(path, { key }),
      client.get(`${path}/results`, { key }),
      client.delete(path, { key }),
    ];
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('is a 404 under an id that is none', async () => {
    for (const id of [
      'nonsense',
      'batch_',
      'job_01k9zq3v8x6m2n4p5r7s9t0w1z',
      'batch_01k9zq3v8x6m2n4p5r7s9t0w1z',
    ]) {
      expect((await client.get(`/api/v1/batches/${id}`)).status).toBe(404);
      expect((await client.get(`/api/v1/batches/${id}/results`)).status).toBe(404);
      expect((await client.delete(`/api/v1/batches/${id}`)).status).toBe(404);
    }
  });

  it('pages by number and by cursor, and refuses a cursor that is none', async () => {
    const { id, batch_id } = await accepted(letters(25));
    await ended(id);
    const path = `/api/v1/batches/${batch_id}/results`;
    const ids = ({ body }: Answer): string[] =>
      body.data.map((one: { document_id: string }) => one.document_id);
    const second = await client.get(`${path}?page=2&page_size=10`);
    expect(ids(second)).toEqual(
      letters(20)
        .slice(10)
        .map((document) => document.id),
    );
    expect(second.body).toMatchObject({ total: 25, page: 2, page_size: 10 });
    const third = await client.get(
      `${path}?page_size=10&cursor=${encodeURIComponent(second.body.next_cursor)}`,
    );
    expect(ids(third)).toEqual(
      letters(25)
        .slice(20)
        .map((document) => document.id),
    );
    expect(third.body.next_cursor).toBeNull();
    expect((await client.get(`${path}?cursor=nonsense`)).status).toBe(400);
    expect((await client.get(`${path}?order=desc`)).status).toBe(400);
  });

  it("is accepted on SafeKeyLab's surface too", async () => {
    const { status, body } = await client.post('/v1/batch', { documents: letters(120), async: true });
    expect([status, body]).toEqual([202, expect.objectContaining({ request_id: expect.any(String) })]);
    await ended(body.id);
    expect(await resultsOf(body.batch_id)).toHaveLength(120);
    const twice = await client.post('/v1/batch', { documents: [letter(1), letter(1)], async: true });
    expect([twice.status, twice.body.error.details]).toEqual([
      400,
      { parameter: 'documents[1].id', type: 'unique' },
    ]);
    const { body: audit } = await client.get('/v1/audit-logs?limit=5');
    expect(audit.logs[0]).toMatchObject({ action: 'batch', entities_detected: 120 });
  });
});
