import pg from 'pg';
import { Client } from '../support/client.js';
import { embeddedUrl } from '../support/database-dump.js';
import { type MockRequest, MockUpstream } from '../support/mock-upstream.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const NAME = 'Zoë Müller';
const QUESTION = `What brake pads does ${NAME} (zoe@example.com) need for her Honda Civic?`;
const PASSWORD = 'correct horse battery staple';

interface Snippet {
  readonly message_id: string | null;
  readonly text: string;
  readonly highlights: readonly { readonly start: number; readonly end: number }[];
}

const parrot = ({ json }: MockRequest) => ({ content: [json.messages.at(-1).content] });
const idsOf = ({ data }: { data: { id: string }[] }): string[] => data.map(({ id }) => id);
const marked = ({ text, highlights }: Snippet): string[] =>
  highlights.map(({ start, end }) => [...text].slice(start, end).join(''));

describe('chats as they are found and taken away', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let mock: MockUpstream;
  let reader: string;
  let readerId: string;
  let chat: ReturnType<typeof JSON.parse>;

  beforeAll(async () => {
    [redoubt, mock] = await Promise.all([RedoubtProcess.start(), MockUpstream.start()]);
    client = new Client(redoubt.url, redoubt.adminKey);
    const upstream = { name: 'mock', base_url: mock.url, private: false, models: ['mock-model'] };
    expect((await client.post('/api/v1/configs/upstreams', upstream)).status).toBe(201);
    reader = await admit('reader');
    readerId = (await client.get('/api/v1/auth/profile', { key: reader })).body.id;
    mock.next(parrot);
    chat = await begin({ message: QUESTION, model: 'mock-model' });
  });
  afterAll(async () => {
    await redoubt?.dispose();
    await mock?.stop();
  });

  /** Another member, administrator of the organization; returns their key. */
  const admit = async (username: string): Promise<string> => {
    const organization = (await client.get('/api/v1/organizations')).body.data[0].id;
    const email = `${username}@example.com`;
    const path = `/api/v1/organizations/${organization}/invitations`;
    const { token } = (await client.post(path, { email, role: 'admin' })).body;
    const person = { email, username, password: PASSWORD, confirm_password: PASSWORD };
    const key = (await client.post('/api/auth/register/', person, { key: '' })).body.token;
    expect((await client.post('/api/v1/invitations/accept', { token }, { key })).status).toBe(200);
    const use = { headers: { 'x-organization-id': organization }, key };
    expect((await client.get('/api/v1/chats', use)).status).toBe(200);
    return key;
  };
  const begin = async (json: object) => {
    const answer = await client.post('/api/v1/chats', json);
    expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
    return answer.body;
  };
  const search = async (q: string, more = '', key?: string) => {
    const organization = (await client.get('/api/v1/organizations')).body.data[0].id;
    const call = key ? { key, headers: { 'x-organization-id': organization } } : {};
    const answer = await client.get(`/api/v1/chats/search?q=${encodeURIComponent(q)}${more}`, call);
    expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    return answer.body;
  };
  const download = async (path: string) => {
    const response = await fetch(redoubt.url + path, {
      headers: { authorization: `Bearer ${redoubt.adminKey}` },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('are found by people in them, whatever case and accents, with the place shown', async () => {
    const hit = (await search('zoe MULLER')).data[0];
    expect(hit).toMatchObject({ id: chat.id, archived: false });
    expect(hit.snippets.length).toBeLessThanOrEqual(3);
    for (const snippet of hit.snippets) expect(marked(snippet).length).toBeGreaterThan(0);
    const said = hit.snippets.find((snippet: Snippet) => snippet.message_id === chat.message.id);
    expect(said?.text).toBe(QUESTION);
    expect(marked(said)).toEqual(expect.arrayContaining(['Zoë', 'Müller']));
  });

  it('have all words of a query, and its phrases as such', async () => {
    expect(idsOf(await search('brake "honda civic" zoe@example.com'))).toEqual([chat.id]);
    expect(idsOf(await search('"civic honda"'))).toEqual([]);
    expect(idsOf(await search('brake submarine'))).toEqual([]);
  });

  it("are found by nobody else, not even by a token's type, until they are shared, and then on record", async () => {
    expect(idsOf(await search('zoe', '', reader))).toEqual([]);
    expect(idsOf(await search('brake', '', reader))).toEqual([]);
    const readsBefore = (await client.get('/api/v1/audit-logs?action=chat.read')).body.total;
    await client.post(`/api/v1/chats/${chat.id}/share`, { user_id: readerId });
    expect(idsOf(await search('zoe', '', reader))).toEqual([chat.id]);
    expect((await client.get('/api/v1/audit-logs?action=chat.read')).body.total).toBe(readsBefore + 1);
    await client.delete(`/api/v1/chats/${chat.id}/share`);
    expect(idsOf(await search('zoe', '', reader))).toEqual([]);
  });

  it('come page by page and by cursor, each once, newest first', async () => {
    const made: string[] = [];
    for (const number of [1, 2, 3, 4, 5]) made.unshift((await begin({ title: `Ledger ${number}` })).id);
    const pages = await Promise.all([1, 2, 3].map((page) => search('ledger', `&page_size=2&page=${page}`)));
    expect(pages.flatMap(idsOf)).toEqual(made);
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const body: { data: { id: string }[]; next_cursor: string | null; has_more: boolean } = await search(
        'ledger',
        `&page_size=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      found.push(...idsOf(body));
      expect(body.has_more).toBe(body.next_cursor !== null);
      cursor = body.next_cursor;
    } while (cursor);
    expect(found).toEqual(made);
  });

  it('are found archived too, or by that, or by date', async () => {
    const { id } = await begin({ title: 'Put away' });
    await client.post(`/api/v1/chats/${id}/archive`, undefined);
    expect(idsOf(await search('"put away"'))).toEqual([id]);
    expect(idsOf(await search('"put away"', '&archived=true'))).toEqual([id]);
    expect(idsOf(await search('"put away"', '&archived=false'))).toEqual([]);
    expect(idsOf(await search('"put away"', '&created_before=2020-01-01'))).toEqual([]);
  });

  it.each(['', '%22%22', 'x'.repeat(401), 'x&page=0', 'x&cursor=none'])(
    'are not searched for %s',
    async (q) => {
      expect((await client.get(`/api/v1/chats/search?q=${q}`)).status).toBe(400);
    },
  );

  it('are exported with the whole tree, without a token, on record', async () => {
    await client.post(`/api/v1/chats/${chat.id}/messages`, { parent_id: chat.message.id });
    const before = (await client.get('/api/v1/audit-logs?action=chat.exported')).body.total;
    const file = await download(`/api/v1/chats/${chat.id}/export`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${chat.id}.json"`);
    const record = JSON.parse(file.text);
    expect(record).toMatchObject({ format: 'redoubt.chat', version: 1, chat: { id: chat.id } });
    expect(QUESTION.startsWith(record.chat.title)).toBe(true);
    expect(record.messages).toHaveLength(3);
    expect(record.messages[0]).toMatchObject({ role: 'user', content: QUESTION, parent_id: null });
    expect(record.messages[1]).toMatchObject({ content: QUESTION, parent_id: chat.message.id });
    expect(record.messages[2].parent_id).toBe(chat.message.id);
    const line = await download(`/api/v1/chats/${chat.id}/export?format=jsonl`);
    expect(JSON.parse(line.text)).toEqual(record);
    expect(line.text.trimEnd()).not.toContain('\n');
    expect((await client.get('/api/v1/audit-logs?action=chat.exported')).body.total).toBe(before + 2);
  });

  it('are exported as Markdown: the branch that is shown', async () => {
    const path = `/api/v1/chats/${chat.id}`;
    expect((await client.patch(path, { current_message_id: chat.answer.id })).status).toBe(200);
    const file = await download(`${path}/export?format=markdown`);
    expect(file.headers.get('content-type')).toMatch(/^text\/markdown/);
    const [heading, ...said] = file.text.split(/^## /m);
    expect(heading).toMatch(/^# What brake pads/);
    expect(said).toEqual([`User\n\n${QUESTION}\n\n`, `Assistant (mock-model)\n\n${QUESTION}\n`]);
  });

  it("are exported by those who may read them, and nobody's to others", async () => {
    const path = `/api/v1/chats/${chat.id}/export`;
    const organization = (await client.get('/api/v1/organizations')).body.data[0].id;
    const asReader = { key: reader, headers: { 'x-organization-id': organization } };
    expect((await client.get(path, asReader)).status).toBe(404);
    await client.post(`/api/v1/chats/${chat.id}/share`, { user_id: readerId });
    expect((await client.get(path, asReader)).body.messages[0].content).toBe(QUESTION);
    expect((await client.get('/api/v1/chats/export?format=json', asReader)).body.chats).toEqual([]);
    await client.delete(`/api/v1/chats/${chat.id}/share`);
    expect((await client.get(path.replace(chat.id, 'chat_01k9zq3v8x6m2n4p5r7s9t0w1y'))).status).toBe(404);
    expect((await client.get(`${path}?format=xml`)).status).toBe(400);
  });

  it('are exported all together, in either format, or those that are asked for', async () => {
    const listed = (await client.get('/api/v1/chats?page_size=100')).body.data;
    const archived = (await client.get('/api/v1/chats?page_size=100&archived=true')).body.data;
    const lines = await download('/api/v1/chats/export');
    expect(lines.headers.get('content-disposition')).toBe('attachment; filename="chats.jsonl"');
    const records = lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const ids = records.map(({ chat: { id } }) => id);
    expect([...ids].sort()).toEqual([...idsOf({ data: listed }), ...idsOf({ data: archived })].sort());
    const whole = JSON.parse((await download('/api/v1/chats/export?format=json')).text);
    expect(whole).toEqual({ format: 'redoubt.chats', version: 1, chats: records });
    for (const { unreadable } of records) expect(unreadable).toBe(0);
    const away = await download('/api/v1/chats/export?format=json&archived=true');
    expect(JSON.parse(away.text).chats).toHaveLength(archived.length);
    const none = await download('/api/v1/chats/export?created_before=2020-01-01');
    expect([none.status, none.text]).toEqual([200, '']);
  });

  it('are found and exported but for what does not open, which is counted, and logged without a word of it', async () => {
    const { id, message, answer } = await begin({ message: 'A damaged tangerine, said Zoë Müller.' });
    const database = new pg.Client({ connectionString: embeddedUrl(redoubt.dataDir) });
    await database.connect();
    const damage = (table: string, column: string, row: string) =>
      database.query(
        `UPDATE ${table} SET ${column} = set_byte(${column}, length(${column}) - 1, get_byte(${column}, length(${column}) - 1) # 1)
          WHERE id = $1`,
        [row],
      );
    try {
      await damage('chat_messages', 'body_sealed', answer.id);
      const found = await search('tangerine');
      expect([idsOf(found), found.unreadable]).toEqual([[id], 1]);
      await damage('chats', 'head_sealed', id);
      expect((await search('tangerine')).unreadable).toBe(2);
      const { id: other } = await begin({ title: 'Sound' });
      const list = await client.get('/api/v1/chats?page_size=2');
      expect([list.status, list.body.data]).toMatchObject([200, [{ id: other, title: 'Sound' }, { id }]]);
      const [sound, lost] = list.body.data;
      expect([sound.unreadable, lost.unreadable, lost.title]).toEqual([undefined, true, '']);
      expect((await client.get(`/api/v1/chats/${id}`)).body).toMatchObject({ unreadable: true, title: '' });
      const said = await client.get(`/api/v1/chats/${id}/messages`);
      expect(said.body.data).toMatchObject([
        { id: message.id, content: message.content },
        { id: answer.id, content: null, unreadable: true },
      ]);
      expect(said.body.data[0].unreadable).toBeUndefined();
      const more = await client.post(`/api/v1/chats/${id}/messages`, { content: 'And now?' });
      expect([more.status, more.body.error.code]).toEqual([409, 'CHAT_UNREADABLE']);
      expect((await client.post(`/api/v1/chats/${id}/archive`, {})).body).toMatchObject({ unreadable: true });
      await client.delete(`/api/v1/chats/${id}/archive`);
    } finally {
      await database.end();
    }
    const lines = (await download('/api/v1/chats/export')).text.trimEnd().split('\n');
    const records = lines.map((line) => JSON.parse(line));
    const damaged = records.find(({ chat: { id: of } }) => of === id);
    expect(damaged).toMatchObject({ unreadable: 2, chat: { title: '' }, messages: [{ id: message.id }] });
    expect(records.filter(({ unreadable }) => unreadable > 0)).toHaveLength(1);
    const { text } = await download(`/api/v1/chats/${id}/export?format=markdown`);
    expect(text).toContain('1 of the messages cannot be read');
    const rename = (json: object) => client.send('PATCH', `/api/v1/chats/${id}`, { json });
    expect((await rename({ title: 'Restored' })).body.error.code).toBe('CHAT_UNREADABLE');
    const restored = (await rename({ title: 'Restored', model: null })).body;
    expect([restored.title, restored.unreadable]).toEqual(['Restored', undefined]);
    expect((await client.get(`/api/v1/chats/${id}`)).body).toEqual(restored);
    const again = { content: 'And now?', parent_id: message.id };
    expect((await client.post(`/api/v1/chats/${id}/messages`, again)).status).toBe(201);
    expect(redoubt.log).toContain(answer.id);
    expect(redoubt.log).not.toContain('tangerine');
  });
});
