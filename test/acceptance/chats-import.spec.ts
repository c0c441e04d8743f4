import { Client } from '../support/client.js';
import { MockUpstream } from '../support/mock-upstream.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PASSWORD = 'correct horse battery staple';
const NAME = 'Maria Lopez';
const QUESTION = `What brake pads does ${NAME} (maria@example.com) need?`;

const node = (id: string, parent: string | null, role: string, parts: unknown[], more: object = {}) => ({
  id,
  parent,
  children: [],
  message: { author: { role }, create_time: 1742034601, content: { content_type: 'text', parts }, ...more },
});

const conversationOf = (id: string, title: string | null, question = QUESTION) => ({
  conversation_id: id,
  title,
  create_time: 1742034600,
  update_time: 1742034700.5,
  current_node: 'second',
  mapping: {
    root: { id: 'root', message: null, parent: null, children: ['asked'] },
    asked: node('asked', 'root', 'user', [question, { content_type: 'image_asset_pointer' }]),
    first: node('first', 'asked', 'assistant', ['These.']),
    second: node('second', 'asked', 'assistant', [`Those, ${NAME}.`], { metadata: { model_slug: 'gpt-4o' } }),
  },
});

interface Outcome {
  readonly id: string;
  readonly status: string;
}

const idsOf = ({ chats }: { readonly chats: readonly Outcome[] }): string[] => chats.map(({ id }) => id);

describe('chats from files', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let mock: MockUpstream;
  let organization: string;
  let other: string;

  beforeAll(async () => {
    [redoubt, mock] = await Promise.all([RedoubtProcess.start(), MockUpstream.start()]);
    client = new Client(redoubt.url, redoubt.adminKey);
    const upstream = { name: 'mock', base_url: mock.url, private: false, models: ['mock-model'] };
    expect((await client.post('/api/v1/configs/upstreams', upstream)).status).toBe(201);
    organization = (await client.get('/api/v1/organizations')).body.data[0].id;
    other = await admit('other');
  });
  afterAll(async () => {
    await redoubt?.dispose();
    await mock?.stop();
  });

  /** Another member of the organization; returns their key. */
  const admit = async (username: string): Promise<string> => {
    const email = `${username}@example.com`;
    const path = `/api/v1/organizations/${organization}/invitations`;
    const { token } = (await client.post(path, { email, role: 'viewer' })).body;
    const person = { email, username, password: PASSWORD, confirm_password: PASSWORD };
    const key = (await client.post('/api/auth/register/', person, { key: '' })).body.token;
    expect((await client.post('/api/v1/invitations/accept', { token }, { key })).status).toBe(200);
    return key;
  };
  const asOther = () => ({ key: other, headers: { 'x-organization-id': organization } });
  const importChats = async (json: object, call = {}) => {
    const answer = await client.post('/api/v1/chats/import', json, call);
    expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    return answer.body;
  };
  const sendFile = (text: string, fields: Record<string, string> = {}, call = {}) => {
    const form = new FormData();
    form.append('file', new Blob([text]), 'conversations.json');
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return client.send('POST', '/api/v1/chats/import', { form, ...call });
  };
  const totalOf = async (path: string, call = {}): Promise<number> =>
    (await client.get(path, call)).body.total;
  const exported = async (call = {}) => (await client.get('/api/v1/chats/export?format=json', call)).body;

  it('are shown in a preview that stores nothing, and then stored with branches and times, hidden from models', async () => {
    const data = [conversationOf('c-1', 'Pads'), conversationOf('c-2', null)];
    const preview = await importChats({ data, dry_run: true });
    expect(preview).toMatchObject({
      dry_run: true,
      total: 2,
      imported: 2,
      skipped: 0,
      refused: 0,
      messages: 6,
    });
    expect(idsOf(preview)).toEqual([null, null]);
    expect(await totalOf('/api/v1/chats')).toBe(0);
    const report = await importChats({ data });
    expect(report).toMatchObject({ dry_run: false, imported: 2, messages: 6 });
    expect(report.chats[0]).toMatchObject({
      source: 'chatgpt',
      source_id: 'c-1',
      left_out: [{ path: 'mapping.asked.message.content.parts[1]', kind: 'image_asset_pointer' }],
    });
    const [first, second] = idsOf(report);
    const chat = (await client.get(`/api/v1/chats/${first}`)).body;
    expect(chat).toMatchObject({ title: 'Pads', message_count: 3, created_at: '2025-03-15T10:30:00.000Z' });
    expect(chat.updated_at).toBe('2025-03-15T10:31:40.500Z');
    const untitled = (await client.get(`/api/v1/chats/${second}`)).body.title;
    expect(QUESTION.startsWith(untitled)).toBe(true);
    const messages = (await client.get(`/api/v1/chats/${first}/messages`)).body.data;
    const [asked, one, two] = messages;
    expect(asked.content).toBe(`${QUESTION}\n[image_asset_pointer: not imported]`);
    expect([one.parent_id, two.parent_id]).toEqual([asked.id, asked.id]);
    expect(two).toMatchObject({ content: `Those, ${NAME}.`, model: 'gpt-4o', receipt_id: null });
    expect(chat.current_message_id).toBe(two.id);
    mock.next(() => ({ content: ['Yes.'] }));
    const asking = { content: 'Sure?', model: 'mock-model' };
    expect((await client.post(`/api/v1/chats/${first}/messages`, asking)).status).toBe(201);
    expect(mock.last.body.toString()).not.toMatch(/Lopez|example\.com/);
    const hits = (await client.get('/api/v1/chats/search?q=lopez')).body.data;
    expect(hits.map(({ id }: Outcome) => id).sort()).toEqual([first, second].sort());
  });

  it('are on record once, with counts, and are each announced', async () => {
    const { data } = (await client.get('/api/v1/audit-logs?action=chat.imported')).body;
    expect(data).toHaveLength(1);
    expect(data[0].counts).toEqual({ chats: 2, messages: 6 });
    expect(await totalOf('/api/v1/audit-logs?action=chat.created')).toBe(0);
  });

  it('come again without a double, also at the same time, and anew once they are deleted', async () => {
    const data = [conversationOf('c-3', 'Twice'), conversationOf('c-3', 'Twice')];
    const reports = await Promise.all([importChats({ data }), importChats({ data })]);
    expect(reports.reduce((sum, { imported }) => sum + imported, 0)).toBe(1);
    const again = await importChats({ data });
    expect(again).toMatchObject({ imported: 0, skipped: 2 });
    const [id] = idsOf(again);
    expect(await importChats({ data }, asOther())).toMatchObject({ imported: 1, skipped: 1 });
    expect((await client.delete(`/api/v1/chats/${id}`)).status).toBe(204);
    expect(await importChats({ data: data[0] })).toMatchObject({ total: 1, imported: 1 });
    expect(await importChats({ data: [data[0]] })).toMatchObject({ imported: 0, skipped: 1 });
  });

  it('are imported but for those that cannot be, which are named', async () => {
    const broken = { ...conversationOf('c-5', 'Broken'), create_time: -1 };
    const data = [broken, conversationOf('c-6', 'Whole'), 7];
    const { imported, refused, chats } = await importChats({ data });
    expect([imported, refused]).toEqual([1, 2]);
    expect(chats.map(({ refusal }: { refusal: object | null }) => refusal)).toMatchObject([
      { reason: 'timestamp', path: 'create_time' },
      null,
      { reason: 'not_a_chat', path: '' },
    ]);
  });

  it('change nothing when their file breaks off, or is none', async () => {
    const before = await totalOf('/api/v1/chats');
    const whole = JSON.stringify([conversationOf('c-7', 'Cut'), conversationOf('c-8', 'Cut')]);
    const cut = await sendFile(whole.slice(0, -9));
    expect([cut.status, cut.body.error.code]).toEqual([400, 'INVALID_JSON']);
    expect(cut.body.error.message).toContain('conversation 1');
    expect((await sendFile('PK\x03\x04')).body.error.message).toContain('ZIP');
    expect((await sendFile(whole, { format: 'other' })).status).toBe(400);
    expect((await sendFile(whole, { project_id: 'proj_01k9zq3v8x6m2n4p5r7s9t0w1y' })).status).toBe(404);
    expect((await client.post('/api/v1/chats/import', {})).status).toBe(400);
    expect(await totalOf('/api/v1/chats')).toBe(before);
  });

  it('go from one member to another, and are the same there', async () => {
    const told = { content: [`Pads, [${NAME}]`] };
    mock.next(() => told);
    const question = { message: `Ask ${NAME} \ud83d\ude97 for "pads"`, model: 'mock-model' };
    const { id, message } = (await client.post('/api/v1/chats', question)).body;
    await client.post(`/api/v1/chats/${id}/messages`, { parent_id: message.id });
    const text = `${NAME} drives a Honda Civic. It needs new brake pads.`;
    const quoting = (await client.post('/api/v1/chats', { message: `${text} What does it need?` })).body;
    expect(quoting.answer.citations[0].text.length).toBeGreaterThan(0);
    await client.post(`/api/v1/chats/${quoting.id}/archive`, undefined);
    await client.post('/api/v1/chats', { title: 'Empty' });
    const { chats: given } = await exported();
    const lines = await client.get('/api/v1/chats/export');
    const report = await sendFile(lines.bytes.toString(), {}, asOther());
    expect(report.body).toMatchObject({ refused: 0, imported: given.length });
    const { chats: taken } = await exported(asOther());
    // One they had imported themselves.
    expect(taken).toHaveLength(given.length + 1);
    const all = new Set(taken.map((record: object) => JSON.stringify(comparable(record))));
    for (const record of given) expect(all).toContain(JSON.stringify(comparable(record)));
    expect(await importChats({ data: { format: 'redoubt.chats', version: 1, chats: given } })).toMatchObject({
      imported: 0,
      skipped: given.length,
    });
  });
});

/** A record without the ids that are new everywhere: messages are called by their places. */
function comparable(record: ReturnType<typeof JSON.parse>) {
  const places = new Map(record.messages.map(({ id }: Outcome, at: number) => [id, at]));
  const placeOf = (id: string | null) => (id === null ? null : places.get(id));
  return {
    ...record,
    chat: {
      ...record.chat,
      id: '',
      project_id: null,
      current_message_id: placeOf(record.chat.current_message_id),
    },
    messages: record.messages.map((message: ReturnType<typeof JSON.parse>) => ({
      ...message,
      id: placeOf(message.id),
      parent_id: placeOf(message.parent_id),
      receipt_id: null,
    })),
  };
}
