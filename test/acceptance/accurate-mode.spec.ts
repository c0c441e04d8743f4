import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Client } from '../support/client.js';
import { describeWithOnnx } from '../support/onnx-runtime.js';
import { RedoubtProcess } from '../support/redoubt-process.js';
import { filesOf, folderWith } from '../support/tiny-model.js';

const TEXT = 'We met Zorgblat Quimby in Oldport. Her SSN is 123-45-6789.';

interface Found {
  readonly text: string;
  readonly type: string;
}

const shortly = ({ text, type }: Found): string => `${type} ${text}`;

describe('accurate mode without a model that works', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  const folder = folderWith({ 'config.json': '{ "id2label": { "0": "O", "1": "PER" } }' });

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_NER_MODEL: folder });
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(async () => {
    await redoubt.dispose();
    rmSync(dirname(folder), { recursive: true, force: true });
  });

  it('is refused with what is wrong, on every surface, and nothing else suffers', async () => {
    for (const path of ['/api/v1/detect', '/api/v1/process']) {
      const { status, body } = await client.post(path, { data: TEXT, mode: 'accurate' });
      expect([status, body.error.code]).toEqual([422, 'MODEL_UNAVAILABLE']);
      expect(body.error.message).toContain('tokenizer.json is missing');
      expect(body.error.message).toContain('REDOUBT_NER_MODEL');
    }
    expect((await client.post('/v1/detect', { data: TEXT, mode: 'accurate' })).status).toBe(400);
    const fast = await client.post('/api/v1/detect', { data: TEXT, mode: 'fast' });
    expect(fast.body.entities.map(shortly)).toContain('SSN 123-45-6789');
    expect((await client.get('/readyz')).status).toBe(200);
  });

  it('is one of two', async () => {
    const { status, body } = await client.post('/api/v1/detect', { data: TEXT, mode: 'slow' });
    expect([status, body.error.details.field]).toEqual([400, 'mode']);
  });
});

describeWithOnnx('accurate mode with a model', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  const folder = folderWith(
    filesOf({
      words: { zorg: 'B-LOC', '##blat': 'I-LOC', quimby: 'B-ORG', oldport: 'B-LOC' },
      labels: ['O', 'B-ORG', 'B-LOC', 'I-LOC'],
    }),
  );
  // Two things where no recognizer of names would see two.
  const FOUND = ['LOCATION Zorgblat', 'ORGANIZATION Quimby', 'LOCATION Oldport', 'SSN 123-45-6789'];

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_NER_MODEL: folder });
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(async () => {
    await redoubt.dispose();
    rmSync(dirname(folder), { recursive: true, force: true });
  });

  const detect = async (body: object): Promise<string[]> =>
    (await client.post('/api/v1/detect', { data: TEXT, ...body })).body.entities.map(shortly);

  it('finds what the model finds, and the rest as always', async () => {
    expect(await detect({ mode: 'accurate' })).toEqual(FOUND);
    expect(await detect({})).not.toContain(FOUND[1]);
    const { body } = await client.post('/api/v1/process', {
      data: TEXT,
      mode: 'accurate',
      method: 'redaction',
    });
    expect(body.processed_data).toBe(
      'We met [LOCATION] [ORGANIZATION] in [LOCATION]. Her SSN is [SSN_REDACTED].',
    );
  });

  it('is a setting of policies, which a request overrules', async () => {
    const made = await client.post('/api/v1/resources', {
      name: 'Accurately',
      type: 'processor',
      config: { mode: 'accurate', entities: ['ORGANIZATION'] },
    });
    expect(made.body.config.mode).toBe('accurate');
    const processor_id = made.body.id;
    expect(await detect({ processor_id })).toEqual([FOUND[1]]);
    expect(await detect({ processor_id, mode: 'fast' })).not.toContain(FOUND[1]);
  });

  it('works on batches, tables and JSON, each value by itself', async () => {
    const documents = [
      { id: 'text', data: TEXT },
      { id: 'table', data: 'id,note\n1,went to Oldport\n', format: 'csv' },
      { id: 'json', data: { notes: [{ said: 'I like Oldport, and Zorgblat Quimby' }] } },
    ];
    const { body } = await client.post('/api/v1/batch', { documents, mode: 'accurate', method: 'redaction' });
    const processed = body.results.map((result: { processed_data: unknown }) => result.processed_data);
    expect(processed[1]).toBe('id,note\n1,went to [LOCATION]\n');
    expect(processed[2]).toEqual({ notes: [{ said: 'I like [LOCATION], and [LOCATION] [ORGANIZATION]' }] });
  });

  it('answers many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => detect({ mode: 'accurate' })));
    for (const answer of answers) expect(answer).toEqual(FOUND);
  });
});
