import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

describe("SafeKeyLab's documented calls", () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  it('process answers its sample in the documented shape', async () => {
    const { status, body } = await client.post('/v1/process', {
      data: 'My name is John Smith, SSN 123-45-6789',
      method: 'auto',
      format: 'text',
      confidence_threshold: 0.85,
      custom_patterns: [{ name: 'CUSTOM_ID', pattern: 'ID-[0-9]+' }],
      return_metrics: true,
      preserve_context: false,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      request_id: expect.stringMatching(/^req_/),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      processed_data: 'My name is [PERSON_NAME], SSN [SSN_REDACTED]',
      processing_time_ms: expect.any(Number),
      method_used: 'redaction',
      compliance: { gdpr: true, ccpa: true, hipaa: true, pci_dss: true },
      risk_score: 0.85,
    });
    expect(body.entities_detected).toHaveLength(2);
    expect(body.entities_detected[0]).toMatchObject({
      text: 'John Smith',
      type: 'PERSON_NAME',
      start: 11,
      end: 21,
      replacement: '[PERSON_NAME]',
    });
    expect(body.entities_detected[1]).toMatchObject({
      text: '123-45-6789',
      type: 'SSN',
      start: 27,
      end: 38,
      replacement: '[SSN_REDACTED]',
    });
  });

  it('detect answers its sample in the documented shape', async () => {
    const { status, body } = await client.post('/v1/detect', {
      data: 'Contact John Smith at john@example.com or 555-123-4567',
      confidence_threshold: 0.85,
      custom_patterns: [],
      include_positions: true,
    });
    expect(status).toBe(200);
    expect(body.entities).toContainEqual({
      text: 'john@example.com',
      type: 'EMAIL',
      confidence: 0.99,
      start: 22,
      end: 38,
    });
    expect(body.summary).toEqual({
      total_entities: 3,
      by_type: { EMAIL: 1, PHONE: 1, PERSON_NAME: 1 },
      risk_score: 0.75,
    });
  });

  it('the documented curl of process works as written', async () => {
    const { body } = await client.post('/v1/process', {
      data: 'Contact John Smith at john@example.com or 555-123-4567',
      method: 'auto',
      format: 'text',
      return_metrics: true,
    });
    expect(body.processed_data).toBe('Contact [PERSON_NAME] at [EMAIL] or [PHONE]');
  });

  it('batch answers its sample, each result with a count', async () => {
    const { body } = await client.post('/v1/batch', {
      documents: [
        { id: 'doc_1', data: 'First document text...' },
        { id: 'doc_2', data: 'Write to john@example.com' },
      ],
      method: 'auto',
      parallel: true,
    });
    expect(body.batch_id).toMatch(/^batch_/);
    expect(body.total_processing_time_ms).toEqual(expect.any(Number));
    expect(body.results).toMatchObject([
      { document_id: 'doc_1', processed_data: 'First document text...', entities_detected: 0 },
      { document_id: 'doc_2', processed_data: 'Write to [EMAIL]', entities_detected: 1 },
    ]);
  });

  it('audit-logs lists what was done, with window and dates', async () => {
    const marked = await client.post(
      '/v1/process',
      { data: 'From: Ada Lovelace' },
      { headers: { 'user-agent': 'sdk/1.0' } },
    );
    const { body } = await client.get('/v1/audit-logs?limit=2');
    expect(body.logs).toHaveLength(2);
    expect(body.logs[0]).toEqual({
      timestamp: expect.stringMatching(/Z$/),
      request_id: marked.body.request_id,
      action: 'process',
      entities_detected: 1,
      method_used: 'redaction',
      user_agent: 'sdk/1.0',
      ip_address: '127.0.0.1',
    });
    expect(body.pagination).toEqual({ total: expect.any(Number), limit: 2, offset: 0 });
    const rest = await client.get('/v1/audit-logs?limit=1000000&offset=2');
    expect(rest.body.pagination.limit).toBe(1000);
    expect(rest.body.logs).toHaveLength(body.pagination.total - 2);
    const today = new Date().toISOString().slice(0, 10);
    const inside = await client.get(`/v1/audit-logs?start_date=${today}&end_date=${today}`);
    expect(inside.body.pagination.total).toBe(body.pagination.total);
    const before = await client.get('/v1/audit-logs?end_date=2020-01-01T00:00:00+01:00');
    expect(before.body.pagination.total).toBe(0);
  });

  it.each([
    [
      'no data',
      {},
      400,
      {
        code: 'invalid_request',
        message: 'Missing required parameter: data',
        details: { parameter: 'data', type: 'missing' },
      },
    ],
    [
      'a wrong type',
      { data: 7 },
      400,
      { code: 'invalid_request', details: { parameter: 'data', type: 'type' } },
    ],
    [
      'an unknown field',
      { data: '', colour: 1 },
      400,
      { code: 'invalid_request', details: { parameter: 'colour', type: 'unknown' } },
    ],
    [
      'an unknown method',
      { data: '', method: 'magic' },
      400,
      { code: 'invalid_request', details: { parameter: 'method', type: 'enum' } },
    ],
    [
      'a method for tables on free text',
      { data: '', method: 'k_anonymity' },
      400,
      { code: 'invalid_request', details: { parameter: 'data', type: 'not_a_table' } },
    ],
    [
      'a threshold out of bounds',
      { data: '', confidence_threshold: 2 },
      400,
      { details: { parameter: 'confidence_threshold', type: 'maximum' } },
    ],
    [
      'an exploding pattern',
      { data: '', custom_patterns: [{ name: 'X', pattern: '(a)\\1' }] },
      400,
      { details: { parameter: 'custom_patterns[0].pattern', type: 'not-linear' } },
    ],
  ])('process refuses %s in the documented shape', async (_, body, status, error) => {
    const answer = await client.post('/v1/process', body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error, request_id: expect.stringMatching(/^req_/) });
  });

  it('refuses a missing, a wrong and a foreign-looking key alike, in the documented shape', async () => {
    for (const key of ['', 'nonsense', `sk_live_${'0'.repeat(38)}`, `sk_test_${'0'.repeat(38)}`]) {
      const { status, body, headers } = await client.post('/v1/detect', { data: '' }, { key });
      expect(status).toBe(401);
      expect(body.error.code).toBe('unauthorized');
      expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="redoubt"/);
    }
  });
});
