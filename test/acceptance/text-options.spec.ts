import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const TEXT = 'Contact John Smith at john@example.com or 555-123-4567';

interface Found {
  readonly text: string;
  readonly type: string;
  readonly confidence: number;
}

describe('the options of the text operations', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  const process = async (body: object) => (await client.post('/api/v1/process', body)).body;
  const typesOf = async (body: object): Promise<string[]> =>
    (await client.post('/api/v1/detect', { data: TEXT, ...body })).body.entities.map(
      ({ type }: Found) => type,
    );

  it('return_metrics: false leaves out time, compliance and risk, and nothing else', async () => {
    const whole = await process({ data: TEXT });
    const bare = await process({ data: TEXT, return_metrics: false });
    const left = Object.keys(whole).filter((key) => !(key in bare));
    expect(left.sort()).toEqual(['compliance', 'processing_time_ms', 'risk_score']);
    expect(bare.processed_data).toBe(whole.processed_data);
  });

  it('include_positions: false leaves out the offsets', async () => {
    const { body } = await client.post('/v1/detect', { data: TEXT, include_positions: false });
    expect(body.entities[0]).toEqual({
      text: 'John Smith',
      type: 'PERSON_NAME',
      confidence: expect.any(Number),
    });
  });

  it('entities takes both spellings, and custom names, and looks for nothing else', async () => {
    expect(await typesOf({ entities: ['EMAIL'] })).toEqual(['EMAIL']);
    expect(await typesOf({ entities: ['EMAIL_ADDRESS', 'PERSON'] })).toEqual(['PERSON_NAME', 'EMAIL']);
    const custom_patterns = [{ name: 'WORD', pattern: 'Contact' }];
    expect(await typesOf({ entities: ['WORD'], custom_patterns })).toEqual(['WORD']);
  });

  it('allow_list is never reported, deny_list always', async () => {
    expect(await typesOf({ allow_list: ['John Smith'] })).toEqual(['EMAIL', 'PHONE']);
    expect(await typesOf({ deny_list: ['Contact'] })).toEqual(['DENY_LIST', 'PERSON_NAME', 'EMAIL', 'PHONE']);
  });

  it('confidence_threshold keeps what reaches it and drops the rest', async () => {
    const all: Found[] = (await client.post('/api/v1/detect', { data: TEXT, confidence_threshold: 0 })).body
      .entities;
    for (const { confidence } of all) {
      const { body } = await client.post('/api/v1/detect', { data: TEXT, confidence_threshold: confidence });
      const kept = all.filter((entity) => entity.confidence >= confidence).map(({ text }) => text);
      expect(body.entities.map(({ text }: Found) => text)).toEqual(kept);
    }
    expect(
      await typesOf({ confidence_threshold: 1, custom_patterns: [{ name: 'WORD', pattern: 'Contact' }] }),
    ).toEqual(['WORD']);
  });

  it('explain lists what was not reported and why, with detect and process alike', async () => {
    const data = 'card 4111 1111 1111 1112, order 555-123-4567, ann@example.com';
    const body = { data, explain: true, deny_list: ['ann@example.com'] };
    const detected = (await client.post('/api/v1/detect', body)).body;
    const shown = detected.rejected.map(({ text, type, reason, overlapped_by }: Record<string, string>) => [
      ...[text, type, reason, overlapped_by],
    ]);
    expect(shown).toContainEqual(['4111 1111 1111 1112', 'CREDIT_CARD', 'checksum', undefined]);
    expect(shown).toContainEqual(['555-123-4567', 'PHONE', 'negative_context', undefined]);
    expect(shown).toContainEqual(['ann@example.com', 'EMAIL', 'overlapped', 'DENY_LIST']);
    expect(detected.rejected_left_out).toBe(0);
    expect((await process(body)).rejected).toEqual(detected.rejected);
    expect(await process({ data })).not.toHaveProperty('rejected');
  });

  it('explain says which rule found it, on Presidio’s scale, without repeating the text', async () => {
    const { body } = await client.post('/api/v1/detect', { data: 'card 4111 1111 1111 1111', explain: true });
    expect(body.entities[0]).toMatchObject({
      type: 'CREDIT_CARD',
      score: 1,
      explanation: {
        recognizer: 'credit-card',
        rule: expect.any(String),
        validation: 'passed',
        base_score: expect.any(Number),
      },
    });
    expect(JSON.stringify(body.entities[0].explanation)).not.toContain('4111');
    const silent = await client.post('/api/v1/detect', { data: TEXT });
    expect(silent.body.entities[0]).not.toHaveProperty('score');
  });

  it('preserve_context numbers each value once, wherever it stands', async () => {
    const { processed_data } = await process({
      data: { a: 'John Smith met Ada Lovelace.', b: ['Ada Lovelace, then JOHN SMITH'] },
      preserve_context: true,
    });
    expect(processed_data.a).toBe('[PERSON_NAME_1] met [PERSON_NAME_2].');
    expect(processed_data.b[0]).toMatch(/^\[PERSON_NAME_2\], then \[PERSON_NAME_1\]$/);
  });

  it('masking keeps a few characters and says that it did', async () => {
    const body = await process({
      data: 'SSN 123-45-6789, card 4111 1111 1111 1111, john@example.com',
      method: 'masking',
    });
    expect(body.processed_data).toBe('SSN ***-**-6789, card **** **** **** 1111, jo***@example.com');
    expect(body).toMatchObject({ method_used: 'masking', compliance: { hipaa: false, pci_dss: true } });
  });

  it('offsets count code points, within the value that a path names', async () => {
    const plain = await client.post('/api/v1/detect', { data: '😀😀 john@example.com' });
    expect(plain.body.entities[0]).toMatchObject({ start: 3, end: 19 });
    const nested = await client.post('/api/v1/detect', { data: { 'a/b': ['x', '😀 john@example.com'] } });
    expect(nested.body.entities[0]).toMatchObject({ path: '/a~1b/1', start: 2, end: 18 });
    const table = await client.post('/api/v1/detect', {
      data: 'id,mail\n1,\n2,john@example.com\n',
      format: 'csv',
    });
    expect(table.body.entities[0]).toMatchObject({ path: '/1/mail', start: 0, end: 16 });
  });

  it('processed_data has the type of data', async () => {
    expect((await process({ data: TEXT })).processed_data).toEqual(expect.any(String));
    expect((await process({ data: ['john@example.com', 1, null, true] })).processed_data).toEqual([
      '[EMAIL]',
      1,
      null,
      true,
    ]);
    expect((await process({ data: { m: 'john@example.com' } })).processed_data).toEqual({ m: '[EMAIL]' });
    expect((await process({ data: '{"m":"john@example.com"}', format: 'json' })).processed_data).toBe(
      '{"m":"[EMAIL]"}',
    );
  });

  it('batch keeps the order of its documents, in parallel and one after another alike', async () => {
    const documents = Array.from({ length: 30 }, (_, index) => ({
      id: `d${index}`,
      data: `${'x '.repeat(((30 - index) * 997) % 5000)}u${index}@example.com`,
    }));
    const strip = ({ results }: { results: { processed_data: string; document_id: string }[] }) => results;
    const parallel = await client.post('/v1/batch', { documents, parallel: true });
    const serial = await client.post('/v1/batch', { documents, parallel: false });
    expect(strip(parallel.body)).toEqual(strip(serial.body));
    expect(strip(serial.body).map(({ document_id }) => document_id)).toEqual(documents.map(({ id }) => id));
  });
});
