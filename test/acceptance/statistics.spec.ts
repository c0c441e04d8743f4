import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const CSV = `name,age,zip,diagnosis
Ann Lee,34,02138,flu
Bob Ray,36,02139,cold
Eve Fox,51,02141,flu
Jim Orr,58,02142,asthma
`;
const ANONYMOUS = {
  data: CSV,
  format: 'csv',
  method: 'k_anonymity',
  privacy: { k: 2, l: 2, quasi_identifiers: ['age', 'zip'], sensitive: ['diagnosis'] },
};
const people = (first: number) =>
  Array.from({ length: 30 }, (_, index) => ({
    name: 'Maria Garcia',
    age: first + index,
    sex: index % 3 === 0 ? 'F' : 'M',
  }));
const SUMMARY = {
  method: 'differential_privacy',
  privacy: { bounds: { age: [0, 100] }, categories: { sex: ['F', 'M'] } },
};

describe('tables released as a whole', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  it.each(['/api/v1/process', '/v1/process'])(
    'k_anonymity answers %s with the table and what was reached',
    async (path) => {
      const { status, body } = await client.post(path, ANONYMOUS);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        processed_data:
          'name,age,zip,diagnosis\n*,34..36,0213*,flu\n*,34..36,0213*,cold\n*,51..58,0214*,flu\n*,51..58,0214*,asthma\n',
        method_used: 'k_anonymity',
        entities_detected: [],
        compliance: { gdpr: true, ccpa: true, hipaa: true, pci_dss: true },
        privacy: {
          guaranteed: true,
          inferred: [],
          anonymity: { k: 2, l: 2, classes: 2, rows: { read: 4, released: 4, suppressed: 0 }, uncovered: [] },
        },
      });
      expect(body.privacy.anonymity.columns).toContainEqual({
        name: 'name',
        role: 'identifier',
        kind: 'category',
        inferred: true,
      });
    },
  );

  it('infers quasi-identifiers where none are given, and says that the promise does not cover that', async () => {
    const { privacy: _, ...bare } = ANONYMOUS;
    const { body } = await client.post('/api/v1/process', { ...bare, privacy: { k: 2 } });
    expect(body.privacy).toMatchObject({ guaranteed: false, inferred: ['age', 'zip'] });
  });

  it('differential_privacy answers a summary, the same for the same request, and charges once', async () => {
    const first = await client.post('/api/v1/process', { data: people(20), ...SUMMARY });
    expect(first.status).toBe(200);
    const rows: { column: string | null; statistic: string; category: string | null; value: number }[] =
      first.body.processed_data;
    expect(rows.map(({ column, statistic, category }) => [column, statistic, category])).toEqual([
      [null, 'count', null],
      ['age', 'count', null],
      ['age', 'sum', null],
      ['age', 'mean', null],
      ['sex', 'count', 'F'],
      ['sex', 'count', 'M'],
    ]);
    expect(first.body.privacy).toEqual({
      guaranteed: true,
      inferred: [],
      omitted: ['name'],
      epsilon: { release: 1, charged: 1, spent: 1, left: 9, budget: 10 },
    });
    expect(JSON.stringify(first.body)).not.toContain('Maria');
    const again = await client.post('/v1/process', { data: [...people(20)].reverse(), ...SUMMARY });
    expect(again.body.processed_data).toEqual(rows);
    expect(again.body.privacy.epsilon).toMatchObject({ charged: 0, spent: 1 });
    const csv = await client.post('/api/v1/process', {
      data: 'age\n3\n4\n',
      format: 'csv',
      ...SUMMARY,
      privacy: { bounds: { age: [0, 9] } },
    });
    expect(csv.body.processed_data).toMatch(
      /^column,statistic,category,value,margin\n,count,,-?\d+,\d+\nage,count,/,
    );
  });

  it('refuses a release that the budget does not cover, on both surfaces, and another that it does not know', async () => {
    const ask = (epsilon: number, path = '/api/v1/process') =>
      client.post(path, {
        data: people(40),
        ...SUMMARY,
        privacy: { ...SUMMARY.privacy, epsilon, budget: 1 },
      });
    expect((await ask(0.75)).status).toBe(200);
    const refused = await ask(0.5);
    expect([refused.status, refused.body.error]).toEqual([
      422,
      {
        type: 'unprocessable',
        code: 'PRIVACY_BUDGET_SPENT',
        message: expect.stringContaining('epsilon 0.5, and the data set has 0.25 left of 1'),
        details: { field: 'privacy.epsilon', constraint: 'budget' },
      },
    ]);
    const shown = await ask(0.5, '/v1/process');
    expect([shown.status, shown.body.error.code, shown.body.error.details]).toEqual([
      400,
      'invalid_request',
      { parameter: 'privacy.epsilon', type: 'budget' },
    ]);
    expect((await ask(0.75)).status).toBe(200);
  });

  it('enters method and epsilon in the audit log, and nothing of the table', async () => {
    const data = people(60);
    await client.post('/api/v1/process', { data, ...SUMMARY });
    const { body } = await client.get('/api/v1/audit-logs?action=privacy_budget.charged&page_size=1');
    expect(body.data[0]).toMatchObject({
      action: 'privacy_budget.charged',
      method_used: 'differential_privacy',
      details: { epsilon: 1, epsilon_spent: 1, epsilon_left: 9 },
    });
    const processed = await client.get('/api/v1/audit-logs?action=text.processed&page_size=1');
    expect(processed.body.data[0]).toMatchObject({
      method_used: 'differential_privacy',
      details: { epsilon: 1 },
    });
    await client.post('/api/v1/process', ANONYMOUS);
    const anonymous = await client.get('/api/v1/audit-logs?action=text.processed&page_size=1');
    expect(anonymous.body.data[0]).toMatchObject({
      method_used: 'k_anonymity',
      details: { k: 2, classes: 2, suppressed: 0 },
    });
    expect(JSON.stringify([body, processed.body])).not.toMatch(/Maria|"sex"/);
  });

  it('works document by document in batches, inline and in the background', async () => {
    const documents = [
      { id: 'table', data: people(10) },
      { id: 'letter', data: 'John Smith called.' },
      { id: 'csv', data: CSV, format: 'csv' },
    ];
    const anonymous = { documents, method: 'k_anonymity', privacy: { k: 2 } };
    const inline = await client.post('/v1/batch', anonymous);
    expect(inline.body.results).toMatchObject([
      { document_id: 'table', privacy: { anonymity: { rows: { read: 30 } } } },
      { document_id: 'letter', error: { code: 'NOT_A_TABLE' } },
      { document_id: 'csv', privacy: { anonymity: { classes: 2 } } },
    ]);
    const summaries = { documents: documents.slice(0, 1), ...SUMMARY };
    const now = (await client.post('/api/v1/batch', summaries)).body.results[0];
    expect(now.privacy.epsilon).toMatchObject({ charged: 1, spent: 1 });
    const { body: job } = await client.post('/api/v1/batch', { ...summaries, async: true });
    let results: { processed_data: unknown; privacy: unknown }[] = [];
    for (let tries = 0; tries < 200 && results.length === 0; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      results = (await client.get(`/api/v1/batches/${job.batch_id}/results`)).body.data;
    }
    expect(results[0]?.processed_data).toEqual(now.processed_data);
    expect(results[0]?.privacy).toMatchObject({ epsilon: { charged: 0, spent: 1 } });
  });

  it.each<[string, object, number, string, string]>([
    ['free text', { data: 'John Smith', method: 'k_anonymity' }, 422, 'NOT_A_TABLE', 'data'],
    ['an object', { data: { a: 1 }, method: 'differential_privacy' }, 422, 'NOT_A_TABLE', 'data'],
    ['broken CSV', { data: 'a,b\n"1', format: 'csv', method: 'k_anonymity' }, 400, 'INVALID_DATA', 'data'],
    [
      'fewer rows than k',
      { data: [{ age: 1 }], method: 'k_anonymity' },
      422,
      'TABLE_UNSUITABLE',
      'privacy.k',
    ],
    [
      'too few sensitive values',
      { ...ANONYMOUS, privacy: { ...ANONYMOUS.privacy, l: 4 } },
      422,
      'TABLE_UNSUITABLE',
      'privacy.l',
    ],
    [
      'an unknown column',
      { ...ANONYMOUS, privacy: { k: 2, quasi_identifiers: ['height'] } },
      422,
      'COLUMN_UNKNOWN',
      'privacy.quasi_identifiers',
    ],
    [
      'l without a sensitive column',
      { ...ANONYMOUS, privacy: { l: 2 } },
      400,
      'VALIDATION_ERROR',
      'privacy.sensitive',
    ],
    [
      'an option of the other method',
      { ...ANONYMOUS, privacy: { epsilon: 1 } },
      400,
      'VALIDATION_ERROR',
      'privacy.epsilon',
    ],
    ['options without a method', { data: 'x', privacy: { k: 2 } }, 400, 'VALIDATION_ERROR', 'privacy.k'],
    ['k = 1', { ...ANONYMOUS, privacy: { k: 1 } }, 400, 'VALIDATION_ERROR', 'privacy.k'],
    [
      'bounds upside down',
      { data: people(1), method: 'differential_privacy', privacy: { bounds: { age: [9, 1] } } },
      400,
      'VALIDATION_ERROR',
      'privacy.bounds',
    ],
    [
      'a foreign project',
      { data: people(1), ...SUMMARY, project_id: 'proj_01k9zq3v8x6m2n4p5r7s9t0w1z' },
      404,
      'NOT_FOUND',
      'project_id',
    ],
  ])('refuses %s, and says what is at fault', async (_, body, status, code, field) => {
    const answer = await client.post('/api/v1/process', body);
    expect([answer.status, answer.body.error.code, answer.body.error.details.field]).toEqual([
      status,
      code,
      field,
    ]);
  });

  it('asks for a project where neither request nor key names one', async () => {
    const { key } = (
      await client.post('/api/v1/api-keys', { name: 'Test', scopes: ['process'], default_project_id: null })
    ).body;
    const { status, body } = await client.post('/api/v1/process', { data: people(1), ...SUMMARY }, { key });
    expect([status, body.error?.details.field]).toEqual([400, 'project_id']);
  });
});
