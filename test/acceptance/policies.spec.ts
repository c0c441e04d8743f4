import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const TEXT = 'Contact John Smith at john@example.com or 555-123-4567';

describe('processor_id', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  const policy = async (config: object): Promise<string> =>
    (await client.post('/api/v1/resources', { name: 'policy', type: 'processor', config })).body.id;
  const process = async (processor_id: string, body: object = {}) =>
    (await client.post('/api/v1/process', { data: TEXT, processor_id, ...body })).body;
  const change = (id: string, json: object) => client.send('PATCH', `/api/v1/resources/${id}`, { json });

  it('gives process, detect and batch the settings of a policy, on both surfaces, and says which version', async () => {
    const processor_id = await policy({ entities: ['EMAIL'], template: '<{type}_{number}>' });
    const expected = 'Contact John Smith at <EMAIL_1> or 555-123-4567';
    const reference = { id: processor_id, version: 1 };
    for (const base of ['/api/v1', '/v1']) {
      const processed = await client.post(`${base}/process`, { data: TEXT, processor_id });
      expect(processed.body).toMatchObject({ processed_data: expected, policy: reference });
      const detected = await client.post(`${base}/detect`, { data: TEXT, processor_id });
      expect(detected.body).toMatchObject({ summary: { by_type: { EMAIL: 1 } }, policy: reference });
      const documents = [{ id: 'one', data: TEXT }];
      const batch = await client.post(`${base}/batch`, { documents, processor_id });
      expect(batch.body).toMatchObject({ results: [{ processed_data: expected }], policy: reference });
    }
    await change(processor_id, { config: { template: '█' } });
    const { processed_data, policy: used } = await process(processor_id);
    expect([processed_data, used.version]).toEqual(['Contact John Smith at █ or 555-123-4567', 2]);
    expect('policy' in (await client.post('/api/v1/process', { data: TEXT })).body).toBe(false);
  });

  it('leaves the last word to the request', async () => {
    const id = await policy({ method: 'masking', entities: ['EMAIL'], confidence_threshold: 1 });
    expect((await process(id)).entities_detected).toEqual([]);
    const { processed_data, method_used } = await process(id, {
      method: 'redaction',
      entities: ['PHONE'],
      confidence_threshold: 0.85,
    });
    expect([processed_data, method_used]).toEqual([TEXT.replace('555-123-4567', '[PHONE]'), 'redaction']);
    expect((await process(id, { confidence_threshold: 0.85 })).processed_data).toBe(
      TEXT.replace('john@example.com', 'jo***@example.com'),
    );
  });

  it('unites allow list, deny list and patterns of both', async () => {
    const id = await policy({
      allow_list: ['John Smith'],
      deny_list: ['Contact'],
      custom_patterns: [{ name: 'WORD_OR', pattern: '\\bor\\b' }],
    });
    const { processed_data } = await process(id, {
      allow_list: ['555-123-4567'],
      deny_list: [' at '],
      custom_patterns: [{ name: 'FIVES', pattern: '5{3}' }],
    });
    expect(processed_data).toBe('[DENY_LIST] John Smith[DENY_LIST][EMAIL] [WORD_OR] [FIVES]-123-4567');
  });

  it('judges single types by thresholds of their own', async () => {
    const id = await policy({ thresholds: { EMAIL: 1, PHONE_NUMBER: 0 } });
    const { body } = await client.post('/api/v1/detect', {
      data: TEXT,
      processor_id: id,
      confidence_threshold: 0.5,
    });
    expect(Object.keys(body.summary.by_type).sort()).toEqual(['PERSON_NAME', 'PHONE']);
  });

  it('numbers what preserve_context tells apart, in JSON too', async () => {
    const id = await policy({ preserve_context: true, template: '{type}' });
    const data = { a: 'john@example.com', b: ['ada@example.com', 'john@example.com'] };
    expect((await process(id, { data })).processed_data).toEqual({ a: 'EMAIL_1', b: ['EMAIL_2', 'EMAIL_1'] });
  });

  it('enters policy and version, and nothing of its settings, in the audit log', async () => {
    const id = await policy({ deny_list: ['Ignatius Quartermaine'] });
    const { request_id } = await process(id);
    const { body, text } = await client.get(`/api/v1/audit-logs?request_id=${request_id}`);
    expect(body.data).toMatchObject([{ action: 'text.processed', policy_id: id, policy_version: 1 }]);
    expect(text).not.toContain('Quartermaine');
    expect(redoubt.log).not.toContain('Quartermaine');
  });

  it('is a 404 when there is no such policy, and a 422 while it is archived', async () => {
    const id = await policy({});
    const call = (processor_id: string, base = '/api/v1') =>
      client.post(`${base}/process`, { data: TEXT, processor_id });
    for (const missing of ['res_00000000000000000000000000', 'none']) {
      const { status, body } = await call(missing);
      expect([status, body.error]).toMatchObject([
        404,
        { code: 'NOT_FOUND', details: { field: 'processor_id', constraint: 'exists' } },
      ]);
      expect((await call(missing, '/v1')).status).toBe(404);
    }
    await change(id, { status: 'archived' });
    const archived = await call(id);
    expect([archived.status, archived.body.error.code]).toEqual([422, 'RESOURCE_ARCHIVED']);
    expect((await call(id, '/v1')).status).toBe(400);
    await change(id, { status: 'active' });
    expect((await call(id)).status).toBe(200);
  });

  it('gives up a document that takes longer than the timeout, and that document alone', async () => {
    const custom_patterns = Array.from({ length: 60 }, (_, index) => ({
      name: `SLOW_${index}`,
      pattern: `(?:[a-z]{1,20} ){3}x${index}`,
    }));
    const id = await policy({ timeout: 1, custom_patterns });
    const data = 'some words that go on and on '.repeat(120_000);
    const { status, body } = await client.post('/api/v1/process', { data, processor_id: id });
    expect([status, body.error]).toMatchObject([
      503,
      { code: 'TIME_LIMIT_EXCEEDED', details: { field: 'processor_id', constraint: 'timeout' } },
    ]);
    expect(body.error.message).toContain('timeout of 1 s');
    const documents = [
      { id: 'long', data },
      { id: 'short', data: TEXT },
    ];
    const batch = await client.post('/api/v1/batch', { documents, processor_id: id });
    expect(batch.body).toMatchObject({ succeeded: 1, failed: 1 });
    expect(batch.body.results[0].error.code).toBe('TIME_LIMIT_EXCEEDED');
  });
});
