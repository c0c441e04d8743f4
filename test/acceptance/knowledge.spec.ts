import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Client } from '../support/client.js';
import { fileForm, upload } from '../support/files.js';
import { MANY_ACCOUNTS, People } from '../support/people.js';
import { RedoubtProcess } from '../support/redoubt-process.js';
import { textDocx } from '../support/sample-docx.js';
import { textPdf } from '../support/sample-pdf.js';

const FACT = 'Pads BP1087 of Bosch fit the Honda Civic of 2019.';
const OTHER = 'The gearbox oil of the Toyota Camry is changed every 90,000 kilometres.';

const SETTLED = ['indexed', 'partial', 'failed'];
const WAIT_MS = 60_000;

describe('knowledge', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start(MANY_ACCOUNTS);
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt?.dispose());

  let made = 0;
  const newBase = async (settings: object = {}): Promise<string> => {
    const { status, body } = await client.post('/api/v1/knowledge', { name: `Base ${++made}`, ...settings });
    expect([status, body]).toEqual([201, expect.objectContaining({ document_count: 0 })]);
    return body.id;
  };
  const put = (base: string, name: string, bytes: Buffer | string): Promise<Answer> =>
    upload(client, fileForm(name, bytes), { path: `/api/v1/knowledge/${base}/documents` });
  const settled = async (base: string, id: string): Promise<Answer['body']> => {
    for (const until = Date.now() + WAIT_MS; ; await sleep(200)) {
      const { body } = await client.get(`/api/v1/knowledge/${base}/documents/${id}`);
      if (SETTLED.includes(body.status)) return body;
      if (Date.now() > until) throw new Error(`still ${body.status} after a minute`);
    }
  };
  const add = async (base: string, name: string, bytes: Buffer | string): Promise<Answer['body']> => {
    const { status, body } = await put(base, name, bytes);
    expect([status, body.duplicate]).toEqual([201, false]);
    return settled(base, body.id);
  };
  const search = async (base: string, query: string, more: object = {}): Promise<Answer['body'][]> => {
    const { status, body } = await client.post(`/api/v1/knowledge/${base}/search`, { query, ...more });
    expect(status).toBe(200);
    return body.data;
  };

  const line = (text: string, y: number) => ({ text, x: 50, y });
  const FORMATS: readonly [string, () => Promise<Buffer> | Buffer | string][] = [
    ['facts.md', () => `# Catalog\n\n## Pads\n\n${FACT}\n\n## Oil\n\n${OTHER}\n`],
    ['facts.txt', () => `${OTHER}\n\n${FACT}\n`],
    [
      'facts.html',
      () =>
        `<html><head><title>T</title></head><body><h1>Pads</h1><p>${FACT}</p><p>${OTHER}</p></body></html>`,
    ],
    ['facts.csv', () => `part,fits\nBP1087,"${FACT}"\nOIL,"${OTHER}"\n`],
    ['facts.json', () => JSON.stringify({ pads: FACT, oil: OTHER })],
    ['facts.pdf', () => textPdf([line(OTHER, 700)], [line(FACT, 700)])],
    ['facts.docx', () => textDocx([OTHER, FACT])],
  ];

  it.each(FORMATS)('is uploaded, indexed, found and cited: %s', async (name, make) => {
    const base = await newBase({ chunk_size: 100, chunk_overlap: 0 });
    const document = await add(base, name, await make());
    expect(document).toMatchObject({ status: 'indexed', searchable: true, error: null, progress: null });
    const [best] = await search(base, 'Which pads fit a 2019 Honda Civic?');
    expect(best).toMatchObject({ document_id: document.id, knowledge_base_id: base, filename: name });
    expect(best.text).toContain(FACT);
    expect(best.end - best.start).toBe([...best.text].length);
    expect([best.page, document.page_count]).toEqual(name.endsWith('.pdf') ? [2, 2] : [null, null]);
    const { body } = await client.get(`/api/v1/knowledge/${base}`);
    expect(body).toMatchObject({ document_count: 1, indexed_count: 1, chunk_count: document.chunk_count });
  });

  it('answers every natural question with something, and what fits comes first', async () => {
    const base = await newBase({ chunk_size: 100, chunk_overlap: 0 });
    await add(base, 'a.md', `# Brakes\n\n${FACT}\n\n# Gearboxes\n\n${OTHER}\n`);
    for (const query of [
      'How often do I change the oil of my Camry?',
      'oil',
      'What about gearboxes, please?',
    ])
      expect((await search(base, query))[0].text).toContain('Toyota Camry');
    expect(await search(base, 'Civic', { limit: 1 })).toHaveLength(1);
    expect((await search(base, 'Civic'))[0].headings).toEqual(['Brakes']);
  });

  it('takes the same content in once, and tells other content of the same name apart', async () => {
    const base = await newBase();
    const [one, two] = await Promise.all([put(base, 'a.txt', FACT), put(base, 'b.txt', FACT)]);
    expect([one.body.duplicate, two.body.duplicate].sort()).toEqual([false, true]);
    expect(one.body.id).toBe(two.body.id);
    const taken = await put(base, one.body.filename, OTHER);
    expect([taken.status, taken.body.error.code, taken.body.error.details.document_id]).toEqual([
      409,
      'DOCUMENT_EXISTS',
      one.body.id,
    ]);
    const { body } = await client.get(`/api/v1/knowledge/${base}/documents`);
    expect([body.total, body.data[0].id]).toEqual([1, one.body.id]);
    // In another knowledge base, and in the project, it is another document.
    expect((await put(await newBase(), 'a.txt', FACT)).body.duplicate).toBe(false);
    expect((await client.get(`/api/v1/documents?knowledge_base_id=${base}`)).body.total).toBe(1);
    await settled(base, one.body.id);
  });

  it('says what is wrong with a file, and what to do', async () => {
    const base = await newBase();
    const refused = await put(base, 'a.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    expect([refused.status, refused.body.error.code]).toEqual([422, 'FORMAT_NOT_INDEXABLE']);
    const failed = await add(base, 'broken.pdf', Buffer.from('%PDF-1.7\nno more of it'));
    expect(failed).toMatchObject({ status: 'failed', searchable: false, chunk_count: 0 });
    expect(failed.error).toEqual({ code: expect.stringMatching(/^DOCUMENT_/), message: expect.any(String) });
    expect(await search(base, 'more')).toEqual([]);
  });

  it('forgets a deleted document by the very next search, and the whole at once', async () => {
    const base = await newBase();
    const document = await add(base, 'a.txt', FACT);
    await add(base, 'b.txt', OTHER);
    expect(await search(base, 'Civic')).not.toEqual([]);
    expect((await client.delete(`/api/v1/knowledge/${base}/documents/${document.id}`)).status).toBe(204);
    expect(await search(base, 'Civic')).toEqual([]);
    const { body } = await client.get(`/api/v1/knowledge/${base}`);
    expect([body.document_count, body.indexed_count]).toEqual([1, 1]);
    expect((await client.delete(`/api/v1/knowledge/${base}`)).status).toBe(204);
    const gone = await client.post(`/api/v1/knowledge/${base}/search`, { query: 'oil' });
    const missing = await client.post('/api/v1/knowledge/kb_00000000000000000000000000/search', {
      query: 'oil',
    });
    expect([gone.status, gone.body.error]).toEqual([404, missing.body.error]);
  });

  it('is cut anew by new settings, and found meanwhile', async () => {
    const base = await newBase({ chunk_size: 8000, chunk_overlap: 0 });
    const text = Array.from({ length: 40 }, (_, at) => `Sentence ${at} tells of brakes.`).join(' ');
    const document = await add(base, 'a.txt', text);
    expect(document.chunk_count).toBe(1);
    expect((await client.patch(`/api/v1/knowledge/${base}`, { chunk_size: 100 })).status).toBe(200);
    const job = await client.post(`/api/v1/knowledge/${base}/reindex`, undefined);
    expect([job.status, job.body.type]).toEqual([202, 'reindex']);
    expect(await search(base, 'brakes')).not.toEqual([]);
    const anew = await settled(base, document.id);
    expect(anew.chunk_count).toBeGreaterThan(10);
    expect((await search(base, 'brakes'))[0].text.length).toBeLessThanOrEqual(100);
    const again = { type: 'reindex', input: { knowledge_base_id: base } };
    expect((await client.post('/api/v1/jobs', again)).status).toBe(202);
  });

  it('removes personal data before it is stored, where it is told to', async () => {
    const base = await newBase({ redact: true });
    const document = await add(
      base,
      'a.md',
      '# Patients\n\nJohn Smith, 123-45-6789, wrote to john@example.com about pads.\n',
    );
    expect(document.redacted).toBe(true);
    const [best] = await search(base, 'Who wrote about pads?');
    expect(best.text).toMatch(/\[PERSON_NAME\].*\[SSN\].*\[EMAIL\]/);
    expect(best.text).not.toMatch(/Smith|6789|@/);
    expect(best.headings).toEqual(['Patients']);
    expect(await search(base, 'Smith')).toEqual([]);
  });

  it('of a project with a password is indexed without it', async () => {
    const password = 'correct horse battery staple';
    const project = (await client.post('/api/v1/projects', { name: 'Guarded', password })).body.id;
    const base = await newBase({ project_id: project });
    const document = await add(base, 'a.txt', FACT);
    expect(document).toMatchObject({ status: 'indexed', project_id: project });
    // Cut anew from what was read: the file itself opens with the password alone.
    await client.post(`/api/v1/knowledge/${base}/documents/${document.id}/reindex`, undefined);
    expect(await settled(base, document.id)).toMatchObject({ status: 'indexed' });
    expect(await search(base, 'Civic')).toHaveLength(1);
  });

  it('is nothing to anybody else', async () => {
    const base = await newBase();
    const document = await add(base, 'a.txt', FACT);
    const { client: stranger } = await new People(redoubt).owner('stranger');
    const missing = (await stranger.get('/api/v1/knowledge/kb_00000000000000000000000000')).body.error;
    for (const path of ['', '/documents', `/documents/${document.id}`]) {
      const { status, body } = await stranger.get(`/api/v1/knowledge/${base}${path}`);
      expect([status, body.error]).toEqual([404, missing]);
    }
    expect((await stranger.post(`/api/v1/knowledge/${base}/search`, { query: 'Civic' })).status).toBe(404);
    const sent = await upload(stranger, fileForm('x.txt', 'x', { knowledge_base_id: base }));
    expect(sent.status).toBe(404);
  });
});
