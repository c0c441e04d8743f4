import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.js';
import { fileForm } from '../support/files.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const ISO = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);

/** Each request that SecureAI's document shows, as a client written for it sends it. */
describe('SecureAI’s document', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt?.dispose());

  const asked = (content: string, more: object = {}) => ({
    ...{ model: 'gpt-4', messages: [{ role: 'user', content }] },
    ...more,
  });

  it.each([
    ...['chats', 'knowledge', 'assistants', 'models', 'users', 'documents', 'prompts', 'tools', 'auditlogs'],
  ])('lists %s by pages, by a request that says it has JSON', async (resource) => {
    const path = `/api/v1/${resource}?page=2&page_size=50`;
    const { status, body, headers } = await client.get(path, { headers: JSON_TYPE });
    expect([status, body.page, body.page_size]).toEqual([200, 2, 50]);
    expect([Array.isArray(body.data), typeof body.total]).toEqual([true, 'number']);
    for (const name of ['limit', 'remaining', 'reset'])
      expect(headers.get(`x-ratelimit-${name}`)).toMatch(/^\d+$/);
    const whole = await client.get(`/api/v1/${resource}/`);
    // OpenAI's clients ask for models once, and expect all of them.
    expect([whole.body.page, whole.body.page_size]).toEqual([1, resource === 'models' ? 1000 : 20]);
  });

  it('completes, whole and streamed, under the path of the document', async () => {
    const system = { role: 'system', content: 'You are a helpful automotive parts assistant.' };
    const user = { role: 'user', content: 'What brake pads fit a 2019 Honda Civic?' };
    const path = '/api/v1/chat/completions';
    const whole = await client.post(path, { model: 'gpt-4', messages: [system, user] });
    expect([whole.status, typeof whole.body.choices[0].message.content]).toEqual([200, 'string']);
    const streamed = await client.post(
      path,
      asked('Explain catalytic converter replacement.', { stream: true }),
    );
    const events = streamed.text.trimEnd().split('\n\n');
    expect(events.at(-1)).toBe('data: [DONE]');
    for (const event of events.slice(0, -1))
      expect(JSON.parse(event.slice('data: '.length))).toMatchObject({ object: 'chat.completion.chunk' });
    const { status, body } = await client.post(path, { messages: [user] });
    expect([status, body.error]).toMatchObject([
      400,
      {
        ...{ type: 'validation_error', message: "The 'model' field is required." },
        details: { field: 'model', constraint: 'required' },
      },
    ]);
  });

  it('uploads a document to a knowledge base, and follows its indexing', async () => {
    const base = await client.post('/api/v1/knowledge', { name: 'Brake catalogs' });
    expect([base.status, base.body.id]).toEqual([201, expect.stringMatching(/^kb_/)]);
    const path = `/api/v1/knowledge/${base.body.id}/documents`;
    const form = fileForm('brake-catalog-2026.md', 'The brake pads BP1087 fit the Honda Civic of 2019.');
    const { status, body } = await client.send('POST', path, { form });
    expect([status, body.id]).toEqual([201, expect.stringMatching(/^doc_/)]);
    for (let at = ''; at !== 'indexed'; await sleep(100))
      ({ status: at } = (await client.get(`${path}/${body.id}`)).body);
    const listed = await client.get(`/api/v1/documents?knowledge_base_id=${base.body.id}`);
    expect(listed.body).toMatchObject({ total: 1, data: [{ id: body.id, status: 'indexed' }] });
    expect((await client.delete(`/api/v1/documents/${body.id}`)).status).toBe(204);
    const twice = await client.post('/api/v1/knowledge', { name: 'Brake catalogs' });
    expect([twice.status, twice.body.error.type]).toEqual([409, 'conflict']);
  });

  it('exports the chats of a range of dates, its ends as documented', async () => {
    const { body } = await client.post('/api/v1/chats', { title: 'Brake pad compatibility' });
    expect(body).toMatchObject({ title: 'Brake pad compatibility', created_at: ISO, updated_at: ISO });
    const day = (offset: number): string =>
      new Date(Date.parse(body.created_at) + offset * 86_400_000).toISOString().slice(0, 10);
    const found = async (from: string, to: string): Promise<number> => {
      const range = `created_after=${from}&created_before=${to}&page_size=100`;
      return (await client.get(`/api/v1/chats?${range}`)).body.total;
    };
    expect(await found(day(-1), day(1))).toBe(1);
    expect(await found(day(-2), day(-1))).toBe(0);
  });
});
